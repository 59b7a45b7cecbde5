/** Draws one row of the list of exports: one of ours, or one that only Microsoft Graph knows. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { ownTarget } from '../../domain/exports/own-target.ts';
import { present } from '../../domain/present.ts';
import { wordsOfSource, type Words } from '../../words/words.ts';
import type { CardButton, Container, CardElement } from '../blocks/adaptive-card.ts';
import { targetLink } from '../export/export-blocks.ts';
import { plainText, runs } from '../blocks/untrusted-text.ts';
import { mayTryAgain } from '../export/failed-story.ts';
import { localDateTime, localDate } from '../blocks/local-time.ts';
import { publicPhase } from '../export/export-progress.ts';
import { sameTarget, type Target } from '../../domain/exports/target.ts';
import { button, canCarry, exportButton } from '../blocks/buttons.ts';
import type { ExportVerb } from '../blocks/buttons.ts';
import { data, footnote } from '../blocks/card-blocks.ts';

/** @param all what the list shows: of two things of one name each says more */
export function ownListRow(words: Words, job: Nameless, now: Date, all: readonly ExportJob[]): Container {
  const { icon } = publicPhase(words, job.state.status);
  const asked = localDateTime(job.requestedAt);
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      ...listLines(`${icon}  ${title(words, job)}`, targetLink(words, ownTarget(job)), [
        asked === undefined ? undefined : words.list.asked(asked, job.requestedAt, now),
        job.state.status === 'ready' ? availableUntil(words, job.state.expiresAt) : undefined,
        tellingApart(words, job, all),
      ]),
      ...topObjectiveLine(words, job),
      { type: 'ActionSet', spacing: 'Small', actions: buttons(words, job) },
    ],
  };
}

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

function buttons(words: Words, { id, state }: ExportJob): readonly CardButton[] {
  const offer = (verb: ExportVerb, title?: string): CardButton =>
    exportButton(words, verb, id, present({ title, from: 'list' as const }));
  const show = offer('show', words.list.show);
  switch (state.status) {
    case 'ready':
      return [offer('download'), show];
    case 'failed':
      return mayTryAgain(state.reason) ? [offer('retry'), show] : [show];
    case 'expired':
      return [offer('retry', words.buttons.exportAgain), show];
    case 'stopped':
    case 'parked':
      return [offer('resume'), show];
    case 'requested':
    case 'waitingForSignIn':
    case 'starting':
    case 'waiting':
    case 'running':
      return [show, offer('stop')];
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

export function graphListRow(words: Words, job: GraphListed): Container {
  const { icon, says } = looks[job.status];
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      ...listLines(`${icon}  ${words.list.elsewhere[says]}`, nameOf(words, job), [
        localDateTime(job.createdAt),
        job.status === 'succeeded' ? availableUntil(words, job.expiresAt) : undefined,
      ]),
      ...(job.status === 'failed' || !canCarry(job.id) ? [] : [followSet(words, job)]),
    ],
  };
}

function nameOf(words: Words, { target, name, label }: GraphListed): CardElement | undefined {
  if (target !== undefined) return targetLink(words, { ...target, label: name ?? target.label });
  return label === undefined ? undefined : data(label);
}

function followSet(words: Words, { id, source, status }: GraphListed): CardElement {
  const title = status === 'succeeded' ? words.list.elsewhere.getFile : undefined;
  const action = { verb: 'followGraphJob', graphJobId: id, source } as const;
  return { type: 'ActionSet', spacing: 'Small', actions: [button(words, action, { title })] };
}

/** Status and target, then its times. @param times sentences with card functions; those that are undefined are left out */
function listLines(
  status: string,
  name: CardElement | undefined,
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
        ...(name === undefined ? [] : [{ type: 'Column' as const, width: 'auto', items: [name] }]),
      ],
    },
    ...(known.length === 0 ? [] : [footnote(known.join(' · '), 'None')]),
  ];
}

function availableUntil({ list }: Words, expiresAt: Date | undefined): string | undefined {
  const date = localDate(expiresAt);
  return date === undefined ? undefined : list.availableUntil(date);
}
