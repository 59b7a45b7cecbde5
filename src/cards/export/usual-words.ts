/** Answers for how long an export usually takes, in words; from runs that there were, never a percentage. */
import type { UsualDuration } from '../../domain/exports/usual-duration.ts';

const minute = 60;
const hour = 3600;

const whose: Readonly<Record<UsualDuration['of'], string>> = {
  view: 'for this view',
  organization: 'for views of this organisation',
};

/** "Usually 2–4 minutes for this view." */
export const usualWords = (usual: UsualDuration): string => `Usually ${span(usual)} ${whose[usual.of]}.`;

/** Rounded outwards: somebody plans with it. */
function span({ from, to }: UsualDuration): string {
  if (to < minute) return 'less than a minute';
  const [size, unit] = to < 2 * hour ? [minute, 'minute'] : [hour, 'hour'];
  const [least, most] = [Math.floor(from / size), Math.ceil(to / size)];
  if (least === 0) return `up to ${counted(most, unit)}`;
  return least === most ? `about ${counted(most, unit)}` : `${least}–${counted(most, unit)}`;
}

const counted = (amount: number, unit: string): string => `${amount} ${unit}${amount === 1 ? '' : 's'}`;
