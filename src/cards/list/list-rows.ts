/** Draws one row of the list of exports: one of ours, or one that only Microsoft Graph knows. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { ownTarget } from '../../domain/exports/own-target.ts';
import { present } from '../../domain/present.ts';
import { wordsOfSource, type Words } from '../../words/words.ts';
import type { CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { exportName } from '../export/export-blocks.ts';
import { selectRow } from '../blocks/select-row.ts';
import { plainText, run, runs, untrustedRun } from '../blocks/untrusted-text.ts';
import { mayTryAgain } from '../export/failed-story.ts';
import { localDateTime, localDate } from '../blocks/local-time.ts';
import { publicPhase } from '../export/export-progress.ts';
import { sameTarget, type Target } from '../../domain/exports/target.ts';
import { button, canCarry, exportButton } from '../blocks/buttons.ts';
import type { ExportVerb } from '../blocks/buttons.ts';
import { data, footnote, paragraph } from '../blocks/card-blocks.ts';

interface OwnRow {
  readonly now: Date;
  /** What the list shows: of two things of one name each says more. */
  readonly all: readonly ExportJob[];
  readonly quick: CardButton | undefined;
}

/** Opens the export, with all of its buttons. */
export function ownListRow(words: Words, job: Nameless, { now, all, quick }: OwnRow): CardElement {
  const { icon } = publicPhase(words, job.state.status);
  const asked = localDateTime(job.requestedAt);
  const own = { ...job, target: ownTarget(job) };
  const said = title(words, job);
  const times = [
    asked === undefined ? undefined : words.list.asked(asked, job.requestedAt, now),
    job.state.status === 'ready' ? availableUntil(words, job.state.expiresAt) : undefined,
    tellingApart(words, job, all),
  ];
  const opens = words.exports.card.titled(exportName(words, own), said);
  return selectRow(
    exportButton(words, 'show', job.id, { title: opens, from: 'list' }),
    [targetLine(words, own.target), ...listLines(`${icon}  ${said}`, times), ...topObjectiveLine(words, job)],
    quick,
  );
}

/** "View e5e7a3c1", and no link: the row itself is pressed. */
export const targetLine = (words: Words, target: Target): CardElement => ({
  type: 'RichTextBlock',
  inlines: [
    run(`${wordsOfSource(words, target).target.title} `, { isSubtle: true }),
    untrustedRun(target.label, { weight: 'Bolder' }),
  ],
});

/** An export that may have neither a name nor a title. */
export type Nameless = ExportJob & {
  /** What its person may know it by. */
  readonly topObjective?: string;
};

export const topObjectiveLine = (words: Words, { topObjective }: Nameless): readonly CardElement[] =>
  topObjective === undefined
    ? []
    : [
        {
          type: 'RichTextBlock',
          spacing: 'None',
          inlines: runs(words.list.beginsWith(topObjective), { size: 'Small', isSubtle: true }),
        },
      ];

function tellingApart(words: Words, job: ExportJob, all: readonly ExportJob[]): string | undefined {
  const own = ownTarget(job);
  const others = all.map(ownTarget).filter((one) => one.label === own.label && !sameTarget(one, own));
  if (others.length === 0) return undefined;
  const { label } = job.target;
  if (own.place === undefined || others.some(({ place }) => place === own.place)) return plainText(label);
  return `${wordsOfSource(words, own).place} ${plainText(own.place)}`;
}

/** The owner reads this list, so it may be plainer than the public phase. */
function title(words: Words, { state, target }: ExportJob): string {
  const { list } = words;
  switch (state.status) {
    case 'waitingForSignIn':
      return state.cause === 'adminConsent' ? list.waitingForAdministrator : list.waitingForSignIn;
    case 'failed':
      return wordsOfSource(words, target).failures[state.reason].listed;
    case 'expired':
      return list.expired;
    case 'requested':
    case 'starting':
    case 'waiting':
    case 'running':
    case 'ready':
    case 'stopped':
    case 'parked':
      return publicPhase(words, state.status).title;
  }
}

/** What is done most with an export as it stands; whatever else can be done is on its card. */
export function quickButton(words: Words, { id, state }: ExportJob): CardButton | undefined {
  const offer = (verb: ExportVerb, title?: string): CardButton =>
    exportButton(words, verb, id, present({ title, from: 'list' as const }));
  switch (state.status) {
    case 'ready':
      return offer('download');
    case 'failed':
      return mayTryAgain(state.reason) ? offer('retry') : undefined;
    case 'expired':
      return offer('retry', words.buttons.exportAgain);
    case 'stopped':
    case 'parked':
      return offer('resume');
    case 'requested':
    case 'waitingForSignIn':
    case 'starting':
    case 'waiting':
    case 'running':
      return undefined;
  }
}

/** What a list needs of a job at Graph. */
export interface GraphListed {
  readonly id: string;
  /** The name of the source that has it. */
  readonly source: string;
  readonly status: 'notStarted' | 'running' | 'succeeded' | 'failed' | 'unknown';
  readonly createdAt?: Date;
  readonly expiresAt?: Date;
  readonly target?: Target;
  /** What the person calls it. */
  readonly name?: string;
  readonly label?: string;
}

const looks = {
  notStarted: { icon: '◑', says: 'notStarted' },
  running: { icon: '◕', says: 'running' },
  unknown: { icon: '◕', says: 'running' },
  succeeded: { icon: '✓', says: 'succeeded' },
  failed: { icon: '✕', says: 'failed' },
} as const satisfies Readonly<Record<GraphListed['status'], object>>;

export function graphListRow(words: Words, job: GraphListed): CardElement {
  const { icon, says } = looks[job.status];
  const { elsewhere } = words.list;
  const until = job.status === 'succeeded' ? availableUntil(words, job.expiresAt) : undefined;
  const lines = [
    ...nameOf(words, job),
    ...listLines(`${icon}  ${elsewhere[says]}`, [localDateTime(job.createdAt), until]),
  ];
  if (job.status === 'failed' || !canCarry(job.id))
    return { type: 'Container', separator: true, spacing: 'Medium', items: lines };
  const title = job.status === 'succeeded' ? elsewhere.getFile : undefined;
  const { id: graphJobId, source } = job;
  return selectRow(button(words, { verb: 'followGraphJob', graphJobId, source }, { title }), lines);
}

function nameOf(words: Words, { target, name, label }: GraphListed): readonly CardElement[] {
  if (target !== undefined) return [targetLine(words, { ...target, label: name ?? target.label })];
  return label === undefined ? [] : [data(label)];
}

/** The status, then its times. @param times sentences with card functions; those that are undefined are left out */
function listLines(status: string, times: readonly (string | undefined)[]): readonly CardElement[] {
  const known = times.filter((time) => time !== undefined);
  return [paragraph(status, 'None'), ...(known.length === 0 ? [] : [footnote(known.join(' · '), 'None')])];
}

function availableUntil({ list }: Words, expiresAt: Date | undefined): string | undefined {
  const date = localDate(expiresAt);
  return date === undefined ? undefined : list.availableUntil(date);
}
