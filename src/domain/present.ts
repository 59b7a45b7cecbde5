/** Leaves out the properties that are undefined, as exactOptionalPropertyTypes wants it. */
type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without the properties whose value is undefined. A loop: each row of a file passes here several times. */
export function present<T extends object>(properties: T): Present<T> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(properties)) if (value !== undefined) kept[name] = value;
  return kept as Present<T>;
}
