/** Fills `${{NAME}}` placeholders, the convention of the Microsoft 365 Agents Toolkit, in a JSON template. */

const PLACEHOLDER = /\$\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

export interface Filled {
  readonly text: string;
  /** Placeholders that have no value; they stay in the text. */
  readonly unknown: readonly string[];
}

/** Values are escaped as the inside of a JSON string. */
export function fillPlaceholders(template: string, values: Readonly<Record<string, string>>): Filled {
  const unknown: string[] = [];
  const text = template.replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) return JSON.stringify(value).slice(1, -1);
    unknown.push(name);
    return placeholder;
  });
  return { text, unknown };
}
