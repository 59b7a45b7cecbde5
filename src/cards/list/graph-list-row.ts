/** Answers for one export in the list that only Microsoft Graph knows. */
import { shortId } from '../../domain/exports/explorer-url.ts';
import type { CardElement, Container } from '../blocks/adaptive-card.ts';
import { button, canCarry } from '../blocks/card-actions.ts';
import { data } from '../blocks/card-blocks.ts';
import { viewLink } from '../export/export-identity.ts';
import { availableUntil, listLines } from './list-lines.ts';
import { localDateTime } from '../blocks/local-time.ts';

/** What a list needs of Graph's `goalsExportJob`. */
export interface GraphListed {
  readonly id: string;
  readonly status: 'notStarted' | 'running' | 'succeeded' | 'failed' | 'unknown';
  readonly createdAt?: Date;
  readonly expiresAt?: Date;
  readonly organizationId?: string;
  readonly viewId?: string;
}

const words: Readonly<Record<GraphListed['status'], { readonly title: string; readonly offer?: string }>> = {
  notStarted: { title: '◑  In line at Microsoft', offer: 'Follow' },
  running: { title: '◕  Running', offer: 'Follow' },
  unknown: { title: '◕  Running', offer: 'Follow' },
  succeeded: { title: '✓  Ready', offer: 'Get file' },
  failed: { title: '✕  Failed' },
};

export function graphListRow(job: GraphListed): Container {
  const { title, offer } = words[job.status];
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      ...listLines(title, viewOf(job), [
        localDateTime(job.createdAt),
        job.status === 'succeeded' ? availableUntil(job.expiresAt) : undefined,
      ]),
      ...(offer === undefined || !canCarry(job.id) ? [] : [offerSet(offer, job.id)]),
    ],
  };
}

function viewOf({ viewId, organizationId }: GraphListed): CardElement | undefined {
  if (viewId === undefined) return undefined;
  return organizationId === undefined ? data(shortId(viewId)) : viewLink({ viewId, organizationId });
}

const offerSet = (title: string, graphJobId: string): CardElement => ({
  type: 'ActionSet',
  spacing: 'Small',
  actions: [button(title, { verb: 'followGraphJob', graphJobId })],
});
