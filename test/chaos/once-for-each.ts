/** What is found out about an object once, because it never changes: people look at every card twice a second. */

export function onceForEach<K extends object, V>(find: (object: K) => V): (object: K) => V {
  const found = new WeakMap<K, { readonly value: V }>();
  return (object) => {
    const known = found.get(object) ?? { value: find(object) };
    found.set(object, known);
    return known.value;
  };
}
