/** Names what an export is of: one thing at one source. */
export interface Target {
  /** The source's name as it is stored. */
  readonly source: string;
  /** The source's own key of the thing; nobody else reads it. */
  readonly key: string;
  /** Short, to tell targets apart on a card. */
  readonly label: string;
  /** Where a browser finds it. */
  readonly address?: string;
  /** Short: where it belongs. */
  readonly place?: string;
}

/** What its source calls the target. The person alone may know: cards that others see have the target's label. */
export interface Named {
  readonly title?: string;
  /** Short: tells it apart from others of the same title. */
  readonly place?: string;
}

export const sameTarget = (a: Target, b: Target): boolean => a.source === b.source && a.key === b.key;

/** What is wrong with an address of this source; every language has words for it. */
export interface Misread {
  readonly source: string;
  readonly problem: string;
}

/** What is to be said of an address that leads to a target; every language has words for it. */
export interface LinkNote {
  readonly source: string;
  readonly note: string;
}

/** An address that somebody wrote: a target, something of the source's that is none and why, or somebody else's. */
export type LinkReading =
  | {
      readonly kind: 'target';
      readonly target: Target;
      /** What the person should know of it: the address leads to more, or less, than is exported. */
      readonly note?: string;
    }
  | ({ readonly kind: 'noTarget' } & Misread)
  | { readonly kind: 'elsewhere' };

/** What a source tells of addresses. */
export interface LinkReader {
  readonly readLink: (address: string) => LinkReading;
  /** Hosts whose addresses are taken without `https://` in a text. */
  readonly bareHosts: readonly string[];
}
