/** Reads and writes Viva Goals explorer URLs, by their parsed parts only. */
import { isGuid } from '../../domain/guid.ts';
import type { Target } from '../../domain/exports/target.ts';

/** One saved explorer view: both are lower-case GUID strings. */
export interface ExplorerView {
  readonly organizationId: string;
  readonly viewId: string;
}

type ExplorerUrlProblem =
  | 'tooLong'
  | 'notHttps'
  | 'unusualAddress'
  | 'otherPage'
  | 'badOrganizationId'
  | 'noViewId'
  | 'manyViewIds'
  | 'badViewId';

export type ExplorerUrlReading =
  | { readonly kind: 'view'; readonly view: ExplorerView }
  | { readonly kind: 'notAView'; readonly problem: ExplorerUrlProblem }
  | { readonly kind: 'notGoals' };

export const longestUrl = 2048;
const goalsHost = 'goals.microsoft.com';
const path = /^\/org_uuid\/([^/]*)\/objective-explorer\/?$/;

const notAView = (problem: ExplorerUrlProblem): ExplorerUrlReading => ({ kind: 'notAView', problem });

/**
 * Reads one URL. `notGoals` for anything whose parsed host is not exactly goals.microsoft.com (a trailing dot is another host).
 * Shape: `https://goals.microsoft.com/org_uuid/<guid>/objective-explorer?viewId=<guid>`, at most 2,048 characters.
 */
export function readExplorerUrl(text: string): ExplorerUrlReading {
  if (text.length > longestUrl) return text.includes(goalsHost) ? notAView('tooLong') : { kind: 'notGoals' };
  if (!URL.canParse(text)) return { kind: 'notGoals' };
  const url = new URL(text);
  if (url.hostname !== goalsHost) return { kind: 'notGoals' };
  if (url.protocol !== 'https:') return notAView('notHttps');
  if (url.port !== '' || url.username !== '' || url.password !== '') return notAView('unusualAddress');
  return readParts(url);
}

function readParts(url: URL): ExplorerUrlReading {
  const organizationId = path.exec(url.pathname)?.[1];
  if (organizationId === undefined) return notAView('otherPage');
  if (!isGuid(organizationId)) return notAView('badOrganizationId');
  const viewIds = url.searchParams.getAll('viewId');
  if (viewIds.length > 1) return notAView('manyViewIds');
  const viewId = viewIds[0];
  if (viewId === undefined || viewId === '') return notAView('noViewId');
  if (!isGuid(viewId)) return notAView('badViewId');
  return {
    kind: 'view',
    view: { organizationId: organizationId.toLowerCase(), viewId: viewId.toLowerCase() },
  };
}

/** The canonical explorer URL of a view, safe to show as a link. */
export const explorerUrl = (view: ExplorerView): string =>
  `https://${goalsHost}/org_uuid/${view.organizationId}/objective-explorer?viewId=${view.viewId}`;

/** The first eight digits of a view or organisation id: enough to tell exports apart on a card. */
export const shortId = (id: string): string => id.slice(0, 8);

export const sameView = (a: ExplorerView, b: ExplorerView): boolean =>
  a.organizationId === b.organizationId && a.viewId === b.viewId;

/** Stored with each export of this source. */
export const goalsSource = 'goals';

export const targetOf = (view: ExplorerView): Target => ({
  source: goalsSource,
  key: `${view.organizationId}/${view.viewId}`,
  label: shortId(view.viewId),
  address: explorerUrl(view),
  place: shortId(view.organizationId),
});

/** The view behind a target of this source. */
export function viewOf({ key }: Target): ExplorerView {
  const [organizationId = '', viewId = ''] = key.split('/');
  return { organizationId, viewId };
}
