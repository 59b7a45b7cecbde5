/** Answers for a few figures side by side, large, each with what it counts; three stand in a row also on a phone. */
import type { ColumnSet, Spacing } from '../blocks/adaptive-card.ts';

export interface Figure {
  /** Our own words or a number in words. */
  readonly value: string;
  readonly label: string;
}

export const figureTiles = (figures: readonly Figure[], spacing: Spacing = 'Medium'): ColumnSet => ({
  type: 'ColumnSet',
  spacing,
  columns: figures.map(({ value, label }) => ({
    type: 'Column',
    width: 'stretch',
    items: [
      { type: 'TextBlock', text: value, wrap: true, size: 'ExtraLarge', weight: 'Bolder' },
      { type: 'TextBlock', text: label, wrap: true, size: 'Small', isSubtle: true, spacing: 'None' },
    ],
  })),
});
