/** Draws one row of the list of exports: one of ours, or one that only Microsoft Graph knows. */
import type { ExportJob, ExportState, FailureReason } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { CardButton, Container, CardElement } from '../blocks/adaptive-card.ts';
import { targetLink } from '../export/export-blocks.ts';
import { mayTryAgain } from '../export/failed-story.ts';
import { duration } from '../../words/en/amounts.ts';
import { en } from '../../words/en/en.ts';
import { localDateTime, localDate } from '../blocks/local-time.ts';
import { publicPhase } from '../export/export-progress.ts';
import type { Target } from '../../domain/exports/target.ts';
import { button, canCarry, exportButton } from '../blocks/buttons.ts';
import type { ExportVerb } from '../blocks/buttons.ts';
import { data, footnote } from '../blocks/card-blocks.ts';

export function ownListRow(job: ExportJob, now: Date): Container {
  const { icon } = publicPhase(en, job.state.status);
  const asked = localDateTime(job.requestedAt);
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      ...listLines(`${icon}  ${title(job.state)}`, targetLink(en, job.target), [
        asked === undefined ? undefined : `${asked} (${ago(job.requestedAt, now)})`,
        job.state.status === 'ready' ? availableUntil(job.state.expiresAt) : undefined,
      ]),
      { type: 'ActionSet', spacing: 'Small', actions: buttons(job) },
    ],
  };
}

const ago = (from: Date, now: Date): string => {
  const length = duration(from, now);
  return length === 'less than a minute' ? 'just now' : `${length} ago`;
};

const failures: Readonly<Record<FailureReason, string>> = {
  noAccess: 'Not made: no access to the view',
  notValid: 'Not made: no valid view',
  placeNotFound: 'Not made: organisation not found',
  gone: 'Gone at Microsoft',
  graphFailed: 'Failed at Microsoft',
  retired: 'Not made: Viva Goals was retired',
  refused: 'Refused by Microsoft',
};

/** The owner reads this list, so it may be plainer than the public phase. */
function title(state: ExportState): string {
  switch (state.status) {
    case 'waitingForSignIn':
      return state.cause === 'adminConsent' ? 'Waiting for an administrator' : 'Waiting for your sign-in';
    case 'failed':
      return failures[state.reason];
    case 'expired':
      return 'Expired';
    case 'requested':
    case 'starting':
    case 'waiting':
    case 'running':
    case 'ready':
    case 'stopped':
    case 'parked':
      return publicPhase(en, state.status).title;
  }
}

function buttons({ id, state }: ExportJob): readonly CardButton[] {
  const offer = (verb: ExportVerb, title?: string): CardButton =>
    exportButton(verb, id, present({ title, from: 'list' as const }));
  const show = offer('show', 'Show');
  switch (state.status) {
    case 'ready':
      return [offer('download'), show];
    case 'failed':
      return mayTryAgain(state.reason) ? [offer('retry'), show] : [show];
    case 'expired':
      return [offer('retry', 'Export again'), show];
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

/** What a list needs of Graph's `goalsExportJob`. */
export interface GraphListed {
  readonly id: string;
  readonly status: 'notStarted' | 'running' | 'succeeded' | 'failed' | 'unknown';
  readonly createdAt?: Date;
  readonly expiresAt?: Date;
  readonly target?: Target;
  readonly label?: string;
}

const graphWords: Readonly<
  Record<GraphListed['status'], { readonly title: string; readonly offer?: string }>
> = {
  notStarted: { title: '◑  In line at Microsoft', offer: 'Follow' },
  running: { title: '◕  Running', offer: 'Follow' },
  unknown: { title: '◕  Running', offer: 'Follow' },
  succeeded: { title: '✓  Ready', offer: 'Get file' },
  failed: { title: '✕  Failed' },
};

export function graphListRow(job: GraphListed): Container {
  const { title, offer } = graphWords[job.status];
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      ...listLines(title, nameOf(job), [
        localDateTime(job.createdAt),
        job.status === 'succeeded' ? availableUntil(job.expiresAt) : undefined,
      ]),
      ...(offer === undefined || !canCarry(job.id) ? [] : [offerSet(offer, job.id)]),
    ],
  };
}

function nameOf({ target, label }: GraphListed): CardElement | undefined {
  if (target !== undefined) return targetLink(en, target);
  return label === undefined ? undefined : data(label);
}

const offerSet = (title: string, graphJobId: string): CardElement => ({
  type: 'ActionSet',
  spacing: 'Small',
  actions: [button({ verb: 'followGraphJob', graphJobId }, { title })],
});

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

function availableUntil(expiresAt: Date | undefined): string | undefined {
  const date = localDate(expiresAt);
  return date === undefined ? undefined : `available until ${date}`;
}
