/** Answers for the two lines that open a row of the list: status and view, then its times. */
import type { CardElement } from '../blocks/adaptive-card.ts';
import { footnote } from '../blocks/card-blocks.ts';
import { localDate } from '../blocks/local-time.ts';

/** @param times sentences with card functions; those that are undefined are left out */
export function listLines(
  status: string,
  view: CardElement | undefined,
  times: readonly (string | undefined)[],
): readonly CardElement[] {
  const known = times.filter((time) => time !== undefined);
  return [
    {
      type: 'ColumnSet',
      columns: [
        {
          type: 'Column',
          width: 'stretch',
          items: [{ type: 'TextBlock', text: status, wrap: true, weight: 'Bolder' }],
        },
        ...(view === undefined ? [] : [{ type: 'Column' as const, width: 'auto', items: [view] }]),
      ],
    },
    ...(known.length === 0 ? [] : [footnote(known.join(' · '), 'None')]),
  ];
}

export function availableUntil(expiresAt: Date | undefined): string | undefined {
  const date = localDate(expiresAt);
  return date === undefined ? undefined : `available until ${date}`;
}
