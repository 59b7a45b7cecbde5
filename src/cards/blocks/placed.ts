/** Types where a part of a card stands: what all parts have in common. */

export type Spacing = 'None' | 'Small' | 'Default' | 'Medium' | 'Large';

export interface Placed {
  readonly spacing?: Spacing;
  readonly separator?: boolean;
  /** For a button that shows and hides it; once in a card. */
  readonly id?: string;
  readonly isVisible?: false;
}
