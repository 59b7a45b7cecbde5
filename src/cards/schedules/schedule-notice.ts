/** Draws what is told of a schedule later than it was asked for: paused, ended, a run left out, its last day near. */
import { present } from '../../domain/present.ts';
import type { Schedule, ScheduleNotice } from '../../domain/schedules/schedule.ts';
import { wordsAbout, type Words } from '../../words/words.ts';
import { createCard, type Card, type CardButton, type Tone } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, data, row, rowGroup } from '../blocks/card-blocks.ts';
import { localDateTime, localDay } from '../blocks/local-time.ts';
import { plainText } from '../blocks/untrusted-text.ts';
import { aboutButton, pauseAskedCard, subscriptionSetUpCard } from './subscription-cards.ts';
import { targetRow } from '../export/export-blocks.ts';

export interface ScheduleNoticeContent {
  readonly schedule: Schedule;
  readonly notice: ScheduleNotice;
  /** Its owner's name for the target: for their eyes. */
  readonly name?: string;
  /** What its source calls the target. */
  readonly title?: string;
  /** In their personal chat, with what they may do about it. */
  readonly toOwner?: boolean;
}

export function scheduleNoticeCard(general: Words, content: ScheduleNoticeContent): Card {
  const { schedule, notice, name, title, toOwner = false } = content;
  if (notice.what === 'setUp') return subscriptionSetUpCard(general, content);
  if (notice.what === 'pauseAsked')
    return pauseAskedCard(general, { schedule, ...present({ title: name ?? title }) }, notice.by);
  const words = wordsAbout(general, schedule.target);
  const { title: says, lead, tone } = saidOf(words, schedule, { notice, toOwner });
  const label = name ?? title ?? schedule.target.label;
  const { owner } = words.scheduleNotices;
  return createCard({
    summary: says,
    body: [
      banner({ tone, icon: '↻', title: says, lead }),
      ...rowGroup([
        targetRow(words, { ...schedule.target, label }),
        ...(schedule.audience === 'everybody'
          ? [row(owner, data(plainText(schedule.owner.name, words.exports.card.somebody)))]
          : []),
      ]),
    ],
    actions: toOwner ? buttonsOf(words, schedule, notice) : othersButtons(words, schedule, notice),
  });
}

/** Its owner finds there what goes on with it. */
const othersButtons = (words: Words, schedule: Schedule, { what }: ScheduleNotice): readonly CardButton[] =>
  what === 'paused' && schedule.audience === 'everybody' ? [aboutButton(words, schedule)] : [];

function buttonsOf(
  words: Words,
  { id: scheduleId }: Schedule,
  { what }: ScheduleNotice,
): readonly CardButton[] {
  const all = button(words, { verb: 'schedules' });
  const look = { style: 'positive' } as const;
  if (what === 'endsSoon') return [button(words, { verb: 'extendSchedule', scheduleId }, look), all];
  return what === 'paused' ? [button(words, { verb: 'resumeSchedule', scheduleId }, look), all] : [all];
}

type Told = Exclude<ScheduleNotice, { readonly what: 'setUp' | 'pauseAsked' }>;

interface Said {
  readonly title: string;
  readonly lead: string;
  readonly tone: Tone;
}

function saidOf(
  { scheduleNotices: said }: Words,
  { timing, audience }: Schedule,
  { notice, toOwner }: { readonly notice: Told; readonly toOwner: boolean },
): Said {
  switch (notice.what) {
    case 'paused': {
      const isHere = audience === 'everybody' && !toOwner;
      return { ...(isHere ? said.pausedHere(notice.why) : said.paused[notice.why]), tone: 'warning' };
    }
    case 'ended':
      return { ...said.ended[notice.why], tone: 'emphasis' };
    case 'skipped':
      return { ...said.skipped(localDateTime(new Date(notice.dueAt)) ?? notice.dueAt), tone: 'warning' };
    case 'endsSoon':
      return { ...said.endsSoon(localDay(timing.until) ?? timing.until), tone: 'warning' };
  }
}
