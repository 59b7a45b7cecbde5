/** Defines a sentence with emphasis, links or somebody’s text in it, as pages and cards show it; every language may use it. */

export type RichText = readonly (
  | string
  | { readonly strong: string }
  /** A name or title that somebody wrote: shown as it is, whatever stands in it. */
  | { readonly data: string }
  /** `href` is an address, not a word. */
  | { readonly link: string; readonly href: string }
)[];

/** A button of a card, or a word to write, as it stands there. */
export const strong = (text: string) => ({ strong: text });
