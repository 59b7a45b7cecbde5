/** Reads what a person filled into the form of a schedule; tells what is missing or wrong in it. */
import type { ActionOf } from '../../../cards/blocks/buttons.ts';
import { readCondition, readDays, readTime } from '../../../cards/schedules/form-values.ts';
import { present } from '../../../domain/present.ts';
import type { CalendarDay, Timing } from '../../../domain/schedules/schedule.ts';
import type { RichText } from '../../../words/en/phrasing/rich-text.ts';
import type { Words } from '../../../words/words.ts';

type FormReading =
  | {
      readonly kind: 'timing';
      readonly what: { readonly nameId: string } | { readonly exportId: string };
      readonly timing: Timing;
    }
  | { readonly kind: 'wrong'; readonly problem: RichText };

export function readForm(
  { schedules }: Words,
  { thing, ...filled }: ActionOf<'scheduleIt'>,
  today: CalendarDay,
): FormReading {
  const { problems } = schedules;
  const wrong = (problem: RichText): FormReading => ({ kind: 'wrong', problem });
  const [kind, id = ''] = thing?.split(':') ?? [];
  const [days, at] = [readDays(filled.days), readTime(filled.at)];
  const until = filled.until === '' ? undefined : filled.until;
  if (kind === undefined) return wrong(problems.what());
  if (days === undefined) return wrong(problems.days());
  if (at === undefined) return wrong(problems.at());
  if (until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(until)) return wrong(problems.lastDay(until));
  if (until !== undefined && until < today) return wrong(problems.past(until));
  const timing = wholeTiming({ days, at, condition: readCondition(filled.condition), ...present({ until }) });
  return { kind: 'timing', what: kind === 'name' ? { nameId: id } : { exportId: id }, timing };
}

/** Whatever the condition, unless one is said. */
export const wholeTiming = ({
  days,
  at,
  condition = 'always',
  until,
}: Pick<Timing, 'days' | 'at'> & Partial<Timing>): Timing => ({
  days,
  at,
  condition,
  ...present({ until }),
});
