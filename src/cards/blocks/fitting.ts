/** Answers for a card with as much of a long list as one message of Teams can carry. Source: Teams' limit of about 100 KB a message. */
import type { Card } from './adaptive-card.ts';

/** Bytes of JSON; the rest of the message needs some room, too. */
const roomForCard = 70_000;

/**
 * The card with the most items that fits, found by halving; the one without any when not even one fits.
 * @param make the card with so many items; more items make it larger
 */
export function fitting(most: number, make: (items: number) => Card, room = roomForCard): Card {
  const fits = (items: number): boolean => Buffer.byteLength(JSON.stringify(make(items))) <= room;
  if (fits(most)) return make(most);
  let [small, large] = [0, most];
  while (large - small > 1) {
    const middle = Math.floor((small + large) / 2);
    if (fits(middle)) small = middle;
    else large = middle;
  }
  return make(small);
}
