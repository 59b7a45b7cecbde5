/** Defines a sentence with emphasis or links in it, as pages show it; every language may use it. */

export type RichText = readonly (
  | string
  | { readonly strong: string }
  /** `href` is an address, not a word. */
  | { readonly link: string; readonly href: string }
)[];

/** A button of a card, or a word to write, as it stands there. */
export const strong = (text: string) => ({ strong: text });
