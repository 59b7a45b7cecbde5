/** Lists a person's schedules: what, when, when next or why not, how the last run went, each a row that opens it. */
import { wordsAbout, type Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardElement } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, footnote, paragraph } from '../blocks/card-blocks.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { selectRow } from '../blocks/select-row.ts';
import { plainName, untrustedLine } from '../blocks/untrusted-text.ts';
import { labelOf, lastRunOf, type ScheduleShown } from './schedule-card.ts';

interface SchedulesContent {
  readonly schedules: readonly ScheduleShown[];
  /** Of several that may be meant. */
  readonly asksWhich?: true;
}

const maxListed = 10;

export function schedulesCard(words: Words, { schedules, asksWhich }: SchedulesContent): Card {
  const { title, lead, which, none, how, more } = words.schedules.list;
  const said = schedules.length === 0 ? none : asksWhich === true ? which : lead;
  return createCard({
    summary: title,
    speak: `${title}. ${said}`,
    body: [
      banner({ tone: 'emphasis', icon: '↻', title, lead: said }),
      ...(schedules.length === 0 ? [paragraph(how, 'Medium')] : []),
      ...schedules.slice(0, maxListed).map((one) => scheduleRow(words, one)),
      ...(schedules.length > maxListed ? [footnote(more(schedules.length - maxListed))] : []),
    ],
  });
}

function scheduleRow(general: Words, shown: ScheduleShown): CardElement {
  const { schedule } = shown;
  const { state, timing, id: scheduleId } = schedule;
  const words = wordsAbout(general, schedule.target);
  const { schedules: said } = words;
  const next = state.kind === 'active' ? localDateTime(state.nextAt) : undefined;
  const lines = [
    next === undefined ? undefined : said.next(next),
    state.kind === 'paused' ? said.paused[state.why] : undefined,
    lastRunOf(words, schedule),
  ].filter((line) => line !== undefined);
  return selectRow(
    button(words, { verb: 'showSchedule', scheduleId }, { title: said.open(plainName(labelOf(shown), '–')) }),
    [
      untrustedLine(labelOf(shown), { weight: 'Bolder' }, 'None'),
      paragraph(said.when(words.timing.when(timing)), 'None'),
      ...lines.map((line) => footnote(line, 'None')),
    ],
  );
}
