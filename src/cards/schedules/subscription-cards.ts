/** Draws what a subscription needs: the question to whoever sets it up, what it is, the list of a conversation, its end. */
import type { Schedule } from '../../domain/schedules/schedule.ts';
import type { Target } from '../../domain/exports/target.ts';
import { wordsAbout, type Words } from '../../words/words.ts';
import {
  createCard,
  type Card,
  type CardElement,
  type ColumnSet,
  type Execute,
  type Submit,
} from '../blocks/adaptive-card.ts';
import { button, dialogButton } from '../blocks/buttons.ts';
import { banner, data, footnote, paragraph, row, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import { localDateTime, localDay } from '../blocks/local-time.ts';
import { plainName, plainText } from '../blocks/untrusted-text.ts';
import { targetRow } from '../export/export-blocks.ts';
import type { PostedBy } from '../export/share-cards.ts';

interface Subscribed {
  readonly schedule: Schedule;
  /** What its source calls the target. */
  readonly title?: string;
}

type SubscriptionVerb =
  | 'acceptSubscription'
  | 'declineSubscription'
  | 'askPause'
  | 'pauseSubscription'
  | 'resumeSubscription'
  | 'endSubscription'
  | 'exportSubscribed';

const press = (
  words: Words,
  verb: SubscriptionVerb,
  { id: scheduleId }: Pick<Schedule, 'id'>,
  look: { readonly title?: string; readonly style?: Execute['style'] } = {},
): Execute => button(words, { verb, scheduleId }, look);

/** Opens beside the card, which stays as it is. */
export const aboutButton = (
  words: Words,
  { id: scheduleId }: Pick<Schedule, 'id'>,
  look: { readonly title?: string } = {},
): Submit => dialogButton(words, { verb: 'aboutSubscription', scheduleId }, look);

const ownerName = (words: Words, { owner }: Schedule): string =>
  plainName(owner.name, words.exports.card.somebody);

/** "Every Monday at 9:00, only if something changed (Europe/Berlin)". */
const whenOf = (words: Words, { timing, zone }: Schedule): string =>
  `${words.schedules.when(words.timing.when(timing))} (${zone.replaceAll('_', ' ')})`;

const rowsOf = (words: Words, schedule: Schedule, target: Target): readonly ColumnSet[] => {
  const { rows } = words.subscriptions;
  return [
    targetRow(words, target),
    row(rows.when, data(whenOf(words, schedule))),
    ...rowIf(rows.until, localDay(schedule.timing.until)),
  ];
};

const titled = ({ schedule: { target }, title }: Subscribed): Target => ({
  ...target,
  label: title ?? target.label,
});

/**
 * Everybody there can read it, so it names what stands in the link; its owner alone can answer.
 * @param others how many people are there beside its owner, when Teams says so
 */
export function subscriptionQuestionCard(
  general: Words,
  schedule: Schedule,
  others: number | undefined,
): Card {
  const words = wordsAbout(general, schedule.target);
  const { question } = words.subscriptions;
  const title = question.title(others);
  return createCard({
    summary: question.summary,
    speak: `${question.summary} ${title}`,
    body: [
      banner({ tone: 'warning', icon: '?', title }),
      paragraph(question.what, 'Medium'),
      ...rowGroup(rowsOf(words, schedule, schedule.target)),
      paragraph(question.ends, 'Medium'),
      ...(schedule.conversation.kind === 'channel' ? [paragraph(question.teamOwner)] : []),
      footnote(question.onlyThey(ownerName(words, schedule))),
    ],
    actions: [
      press(words, 'acceptSubscription', schedule, { style: 'positive' }),
      press(words, 'declineSubscription', schedule),
    ],
  });
}

/** For everybody there. */
export function subscriptionSetUpCard(general: Words, subscribed: Subscribed): Card {
  const { schedule } = subscribed;
  const words = wordsAbout(general, schedule.target);
  const { setUp } = words.subscriptions;
  return createCard({
    summary: setUp.title,
    body: [
      banner({ tone: 'accent', icon: '↻', title: setUp.title, lead: setUp.lead }),
      ...rowGroup([...rowsOf(words, schedule, titled(subscribed)), byRow(words, schedule)]),
    ],
    actions: [aboutButton(words, schedule), press(words, 'askPause', schedule)],
  });
}

const byRow = (words: Words, { owner }: Schedule): ColumnSet =>
  row(words.subscriptions.rows.by, data(plainText(owner.name, words.exports.card.somebody)));

/** Beside a summary that it posts. */
export const postedBy = (words: Words, schedule: Schedule): PostedBy => ({
  row: row(
    words.subscriptions.rows.when,
    data(words.subscriptions.posted(whenOf(words, schedule), ownerName(words, schedule))),
  ),
  buttons: [press(words, 'exportSubscribed', schedule), aboutButton(words, schedule)],
});

/** For whoever pressed alone. */
export function subscriptionAboutCard(
  general: Words,
  subscribed: Subscribed,
  standing: 'owner' | 'teamOwner' | 'member',
): Card {
  const { schedule } = subscribed;
  const words = wordsAbout(general, schedule.target);
  const { about } = words.subscriptions;
  const said = standing === 'owner' ? about.yours : about[standing];
  return createCard({
    summary: about.title,
    body: [
      banner({ tone: 'emphasis', icon: '↻', title: about.title }),
      ...rowGroup([
        ...rowsOf(words, schedule, titled(subscribed)),
        byRow(words, schedule),
        ...stateRow(words, schedule),
      ]),
      footnote(said),
    ],
    actions: aboutButtons(words, schedule, standing),
  });
}

function stateRow(words: Words, { state }: Schedule): readonly ColumnSet[] {
  const { rows } = words.subscriptions;
  if (state.kind === 'active') return rowIf(rows.next, localDateTime(state.nextAt));
  const since = localDateTime(state.since);
  return rowIf(rows.paused, since === undefined ? undefined : rows.pausedSince(since));
}

function aboutButtons(
  words: Words,
  schedule: Schedule,
  standing: 'owner' | 'teamOwner' | 'member',
): readonly Execute[] {
  const isPaused = schedule.state.kind === 'paused';
  const end = press(words, 'endSubscription', schedule, { style: 'destructive' });
  if (standing === 'owner')
    return [press(words, isPaused ? 'resumeSubscription' : 'pauseSubscription', schedule), end];
  const ask = isPaused ? [] : [press(words, 'askPause', schedule)];
  const exportIt = press(words, 'exportSubscribed', schedule);
  return standing === 'teamOwner' ? [...ask, end, exportIt] : [...ask, exportIt];
}

/** Beside the one that leads to one’s own. */
const mostButtons = 5;

/** For everybody there: what is posted and by whom; what somebody may do with it is answered to them alone. */
export function subscriptionsHereCard(words: Words, all: readonly Subscribed[]): Card {
  const { here } = words.subscriptions;
  const title = here.title(all.length);
  const shown = all.slice(0, mostButtons);
  return createCard({
    summary: title,
    body: [
      banner({ tone: 'emphasis', icon: '↻', title, lead: here.lead }),
      ...shown.flatMap((one, index) => [
        ...(shown.length > 1 ? [paragraph(here.heading(index + 1), 'Medium')] : []),
        ...hereRows(words, one),
      ]),
      ...(all.length > shown.length ? [footnote(here.more(all.length - shown.length))] : []),
      footnote(here.mine),
    ],
    actions: shown.map(({ schedule }, index) =>
      aboutButton(words, schedule, shown.length > 1 ? { title: here.nth(index + 1) } : {}),
    ),
  });
}

function hereRows(general: Words, subscribed: Subscribed): readonly CardElement[] {
  const { schedule } = subscribed;
  const words = wordsAbout(general, schedule.target);
  const rows = [...rowsOf(words, schedule, titled(subscribed)), byRow(words, schedule)];
  return rowGroup([...rows, ...stateRow(words, schedule)]);
}

/** To its owner: they may pause it, or leave it. */
export function pauseAskedCard(general: Words, subscribed: Subscribed, by: string): Card {
  const { schedule } = subscribed;
  const words = wordsAbout(general, schedule.target);
  const { pauseAsked } = words.subscriptions;
  const title = pauseAsked.title(plainName(by, words.exports.card.somebody));
  return createCard({
    summary: title,
    body: [
      banner({ tone: 'warning', icon: '↻', title, lead: pauseAsked.lead }),
      ...rowGroup(rowsOf(words, schedule, titled(subscribed))),
    ],
    actions: [press(words, 'pauseSubscription', schedule)],
  });
}

export function subscriptionOverCard({ subscriptions: { over } }: Words): Card {
  return createCard({
    summary: over.title,
    body: [banner({ tone: 'emphasis', icon: '↻', title: over.title, lead: over.lead })],
  });
}
