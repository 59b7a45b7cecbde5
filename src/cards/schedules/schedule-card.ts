/** Draws one schedule for its owner: what, when, until when, how the last run went, and its buttons. */
import type { Schedule } from '../../domain/schedules/schedule.ts';
import { wordsAbout, type Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, Execute, Tone } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, data, footnote, row, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import { localDateTime, localDay } from '../blocks/local-time.ts';
import { targetRow } from '../export/export-blocks.ts';

export interface ScheduleShown {
  readonly schedule: Schedule;
  /** What its owner calls the target: for their eyes. */
  readonly name?: string;
  /** What its source calls it. */
  readonly title?: string;
}

/** What has just happened to it; without, it is only shown. */
export type ScheduleNews = 'set' | 'running' | 'over';

export function scheduleCard(general: Words, shown: ScheduleShown, news?: ScheduleNews): Card {
  const { schedule } = shown;
  const { timing, zone, state, failures } = schedule;
  const words = wordsAbout(general, schedule.target);
  const { schedules: said } = words;
  const { title, lead, tone } = bannerOf(words, schedule, news);
  const next = state.kind === 'active' ? localDateTime(state.nextAt) : undefined;
  return createCard({
    summary: title,
    speak: [title, lead ?? ''].join('. '),
    body: [
      banner({ tone, icon: '↻', title, ...(lead !== undefined && { lead }) }),
      ...rowGroup([
        targetRow(words, { ...schedule.target, label: labelOf(shown) }),
        row(said.rows.when, said.when(words.timing.when(timing))),
        row(said.rows.zone, data(zone)),
        ...rowIf(said.rows.next, next),
        row(said.rows.until, localDay(timing.until) ?? timing.until),
        ...rowIf(said.rows.last, lastRunOf(words, schedule)),
      ]),
      ...notes(words, schedule, failures),
    ],
    actions: buttonsOf(words, schedule),
  });
}

export const labelOf = ({ schedule, name, title }: ScheduleShown): string =>
  name ?? title ?? schedule.target.label;

function bannerOf(
  { schedules: { set, now, paused } }: Words,
  { state }: Schedule,
  news: ScheduleNews | undefined,
): { readonly title: string; readonly lead?: string; readonly tone: Tone } {
  if (news === 'set') return { ...set, tone: 'good' };
  if (news === 'running') return { title: now.running, lead: now.runningLead, tone: 'accent' };
  if (news === 'over') return { title: now.over, lead: now.overLead, tone: 'warning' };
  switch (state.kind) {
    case 'offered':
    case 'active':
      return { title: now.active, tone: 'emphasis' };
    case 'paused':
      return { title: now.paused, lead: paused[state.why], tone: 'warning' };
    case 'ended':
      return { title: now.ended, lead: now.endedLead, tone: 'emphasis' };
  }
}

/** "Mon, 7 December, 9:00: nothing had changed, nothing was posted." */
export function lastRunOf(
  { schedules: { lastRun, notMet } }: Words,
  { lastRun: run, timing }: Schedule,
): string | undefined {
  const when = localDateTime(run?.dueAt);
  if (run === undefined || when === undefined) return undefined;
  return run.outcome === 'notMet' && timing.condition !== 'always'
    ? notMet[timing.condition](when)
    : lastRun[run.outcome](when);
}

function notes({ schedules: said }: Words, { timing, state }: Schedule, failures: number) {
  const short = state.kind === 'active' ? said.shortMonths(timing) : undefined;
  return [
    ...(failures > 0 && state.kind === 'active' ? [footnote(said.failedRuns(failures))] : []),
    ...(short === undefined ? [] : [footnote(short)]),
  ];
}

function buttonsOf(words: Words, { id: scheduleId, state }: Schedule): readonly Execute[] {
  const all = button(words, { verb: 'schedules' });
  if (state.kind === 'ended') return [all];
  const goesOn = state.kind === 'paused';
  return [
    button(words, { verb: 'runScheduleNow', scheduleId }),
    button(words, { verb: goesOn ? 'resumeSchedule' : 'pauseSchedule', scheduleId }),
    button(words, { verb: 'extendSchedule', scheduleId }),
    button(words, { verb: 'endSchedule', scheduleId }),
    all,
  ];
}
