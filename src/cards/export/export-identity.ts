/** Says which export a card is about: view, organisation, who asked, when. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { explorerUrl, isGuid, shortId } from '../../domain/exports/explorer-url.ts';
import type { ExplorerView } from '../../domain/exports/explorer-url.ts';
import type { CardElement, ColumnSet, Container } from '../blocks/adaptive-card.ts';
import { data, link, row, rowIf } from '../blocks/card-blocks.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { plainText } from '../blocks/untrusted-text.ts';

/** Rows under a line, with the link to the view. Nobody needs to be told who they are. */
export function exportIdentity(job: ExportJob, audience: 'owner' | 'everybody'): Container {
  const rows: readonly CardElement[] = [
    row('View', viewLink(job.view), 'None'),
    ...(audience === 'everybody' ? [row('Asked by', data(plainText(job.requester.name, 'somebody')))] : []),
    ...exportFacts(job),
  ];
  return { type: 'Container', separator: true, spacing: 'Large', items: rows };
}

export const exportFacts = ({ view, requestedAt }: ExportJob): readonly ColumnSet[] => [
  row('Organisation', data(shortId(view.organizationId))),
  ...rowIf('Asked', localDateTime(requestedAt)),
];

/** A link to the view in Viva Goals that shows its short id; without the link when the ids are none. */
export const viewLink = (view: ExplorerView): CardElement =>
  isGuid(view.organizationId) && isGuid(view.viewId)
    ? link(`Open view ${shortId(view.viewId)}`, explorerUrl(view))
    : data(shortId(view.viewId));

/** "Export of view e5e7a3c1": plain words for summaries and notices. */
export const exportName = ({ view }: ExportJob): string =>
  `Export of view ${isGuid(view.viewId) ? shortId(view.viewId) : '–'}`;
