/** Makes a card with as many items as one Teams message can carry. Source: Teams’ limit of about 100 KB a message. */
import type { Card } from './adaptive-card.ts';

/** Of JSON; the rest of the message needs some room, too. */
const maxCardBytes = 70_000;

/**
 * The card with the most items that fits, found by halving; the one without any when not even one fits.
 * @param make the card with so many items; more items make it larger
 */
export function fitInMessage(maxItems: number, make: (items: number) => Card, maxBytes = maxCardBytes): Card {
  const fits = (items: number): boolean => Buffer.byteLength(JSON.stringify(make(items))) <= maxBytes;
  if (fits(maxItems)) return make(maxItems);
  let [small, large] = [0, maxItems];
  while (large - small > 1) {
    const middle = Math.floor((small + large) / 2);
    if (fits(middle)) small = middle;
    else large = middle;
  }
  return make(small);
}
