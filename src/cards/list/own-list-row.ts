/** Answers for one export of ours in the list: how it stands, since when, until when, and what can be done. */
import type { ExportJob, ExportState, FailureReason } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { CardButton, Container } from '../blocks/adaptive-card.ts';
import type { ExportVerb } from '../blocks/card-actions.ts';
import { viewLink } from '../export/export-identity.ts';
import { exportButton } from '../export/export-story.ts';
import { availableUntil, listLines } from './list-lines.ts';
import { duration, localDateTime } from '../blocks/local-time.ts';
import { publicPhase } from '../export/export-progress.ts';

export function ownListRow(job: ExportJob, now: Date): Container {
  const { icon } = publicPhase[job.state.status];
  const asked = localDateTime(job.requestedAt);
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      ...listLines(`${icon}  ${title(job.state)}`, viewLink(job.view), [
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
  notAValidView: 'Not made: no valid view',
  organizationNotFound: 'Not made: organisation not found',
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
    default:
      return publicPhase[state.status].title;
  }
}

function buttons({ id, state }: ExportJob): readonly CardButton[] {
  const offer = (verb: ExportVerb, title?: string): CardButton =>
    exportButton(verb, id, present({ title, from: 'list' as const }));
  const show = offer('view', 'Show');
  switch (state.status) {
    case 'ready':
      return [offer('download'), show];
    case 'failed':
      return state.reason === 'retired' || state.reason === 'notAValidView' ? [show] : [offer('retry'), show];
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
