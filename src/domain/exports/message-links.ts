/** Answers for which explorer views a message names: its text and link targets, through SafeLinks wrappers, in order and once each. */
import type { ExplorerUrlProblem, ExplorerView } from './explorer-url.ts';
import { addressWithoutInvisible, withoutInvisible } from '../invisible-characters.ts';
import { longestUrl, readExplorerUrl, sameView } from './explorer-url.ts';

export const mostViewsInOneMessage = 5;

export interface MessageLinks {
  /** At most five, in the order they were written. */
  readonly views: readonly ExplorerView[];
  /** Views beyond the fifth: named in the answer, not exported. */
  readonly leftOut: readonly ExplorerView[];
  /** Viva Goals URLs that are no saved explorer view. */
  readonly misread: readonly ExplorerUrlProblem[];
}

/** Brackets, curly quotes and wide punctuation end a URL too: Markdown and word processors put them there. */
const urlInText =
  /https?:\/\/[^\s<>"'|\\^`{}[\]“”„‘’‚«»‹›…。、，）]+|(?<![\w@./:%-])goals\.microsoft\.com\/[^\s<>"'|\\^`{}[\]“”„‘’‚«»‹›…。、，）]+/gi;
const trailingPunctuation = new Set(['.', ',', ';', ':', '!', '?', ')', ']', '*', '_', '~']);
const deepestWrapper = 3;

/** @param hrefs targets of the links in the message's HTML, decoded */
export function readMessageLinks(text: string, hrefs: readonly string[]): MessageLinks {
  const views: ExplorerView[] = [];
  const misread: ExplorerUrlProblem[] = [];
  for (const candidate of [...urlsInText(text), ...hrefs]) {
    const reading = readExplorerUrl(unwrap(addressWithoutInvisible(candidate), deepestWrapper));
    if (reading.kind === 'view' && !views.some((known) => sameView(known, reading.view)))
      views.push(reading.view);
    if (reading.kind === 'notAView' && !misread.includes(reading.problem)) misread.push(reading.problem);
  }
  return {
    views: views.slice(0, mostViewsInOneMessage),
    leftOut: views.slice(mostViewsInOneMessage),
    misread,
  };
}

/** Between two addresses an invisible character is a separator. */
const separator = /\p{Default_Ignorable_Code_Point}+(?=https?:\/\/)/giu;

function urlsInText(text: string): string[] {
  const visible = withoutInvisible(text.replace(separator, ' '));
  return Array.from(visible.matchAll(urlInText), ([match]) => {
    let end = match.length;
    while (end > 0 && trailingPunctuation.has(match[end - 1] ?? '')) end -= 1;
    const url = match.slice(0, end);
    return /^https?:/i.test(url) ? url : `https://${url}`;
  });
}

/** SafeLinks keep the original in the parameter `url`; they nest when a message is forwarded. */
function unwrap(candidate: string, depth: number): string {
  if (depth === 0 || candidate.length > longestUrl * 2 || !URL.canParse(candidate)) return candidate;
  const url = new URL(candidate);
  if (!isSafeLinks(url)) return candidate;
  const original = url.searchParams.get('url');
  return original === null ? candidate : unwrap(addressWithoutInvisible(original), depth - 1);
}

const isSafeLinks = (url: URL): boolean =>
  url.hostname.endsWith('.safelinks.protection.outlook.com') ||
  url.hostname.endsWith('.safelinks.protection.office365.us') ||
  (url.hostname === 'statics.teams.cdn.office.net' &&
    url.pathname.startsWith('/evergreen-assets/safelinks/'));
