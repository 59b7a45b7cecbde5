/** Answers for the part of every export card that says which export it is: view, organisation, who asked, when. */
import type { ExportJob } from '../domain/exports/export-job.ts';
import { explorerUrl, isGuid, shortId } from '../domain/exports/explorer-url.ts';
import type { ExplorerView } from '../domain/exports/explorer-url.ts';
import type { CardElement, Container } from './adaptive-card.ts';
import { data, link, row, rowIf } from './card-blocks.ts';
import { localDateTime } from './local-time.ts';
import { plainText } from './plain-text.ts';

/** Four rows under a line, with the link to the view. */
export function exportIdentity({ view, requester, requestedAt }: ExportJob): Container {
  const rows: readonly CardElement[] = [
    row('View', viewLink(view), 'None'),
    row('Organisation', data(shortId(view.organizationId))),
    row('Asked by', data(plainText(requester.name, 'somebody'))),
    ...rowIf('Asked', localDateTime(requestedAt)),
  ];
  return { type: 'Container', separator: true, spacing: 'Large', items: rows };
}

/** A link to the view in Viva Goals that shows its short id; without the link when the ids are none. */
export const viewLink = (view: ExplorerView): CardElement =>
  isGuid(view.organizationId) && isGuid(view.viewId)
    ? link(`Open view ${shortId(view.viewId)}`, explorerUrl(view))
    : data(shortId(view.viewId));

/** "Export of view e5e7a3c1": plain words for summaries and notices. */
export const exportName = ({ view }: ExportJob): string =>
  `Export of view ${isGuid(view.viewId) ? shortId(view.viewId) : '–'}`;
