/** Reads which explorer views a message names: from its text and link targets, through wrappers, in order and once each. */
import { addressWithoutInvisible, withoutInvisible } from '../invisible-characters.ts';
import { present } from '../present.ts';
import type { ExplorerUrlProblem, ExplorerView } from './explorer-url.ts';
import { longestUrl, readExplorerUrl, sameView } from './explorer-url.ts';
import { unwrapLink } from './link-wrappers.ts';

export const maxViewsPerMessage = 5;

export interface MessageLinks {
  /** At most five, in the order they were written. */
  readonly views: readonly ExplorerView[];
  /** Views beyond the fifth: named in the answer, not exported. */
  readonly leftOut: readonly ExplorerView[];
  /** Viva Goals URLs that are no saved explorer view. */
  readonly misread: readonly ExplorerUrlProblem[];
  /** Where another link leads, the last one if there are several: to a file, or to whatever else. */
  readonly elsewhere?: 'file' | 'page';
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
  let elsewhere: MessageLinks['elsewhere'];
  for (const candidate of [...urlsInText(text), ...hrefs]) {
    const address = unwrap(candidate, deepestWrapper);
    const reading = readExplorerUrl(address);
    if (reading.kind === 'notGoals' && /^https?:/i.test(candidate))
      elsewhere = isFile(address) ? 'file' : 'page';
    if (reading.kind === 'view' && !views.some((known) => sameView(known, reading.view)))
      views.push(reading.view);
    if (reading.kind === 'notAView' && !misread.includes(reading.problem)) misread.push(reading.problem);
  }
  return {
    views: views.slice(0, maxViewsPerMessage),
    leftOut: views.slice(maxViewsPerMessage),
    misread,
    ...present({ elsewhere }),
  };
}

/** What a text names beside what somebody else wrote: a reply may repeat it. */
export function linksBeside(
  quoted: MessageLinks,
  { views, leftOut, misread, elsewhere }: MessageLinks,
): MessageLinks {
  const theirs = [...quoted.views, ...quoted.leftOut];
  const isOwn = (view: ExplorerView): boolean => !theirs.some((other) => sameView(other, view));
  return {
    views: views.filter(isOwn),
    leftOut: leftOut.filter(isOwn),
    misread: misread.filter((problem) => !quoted.misread.includes(problem)),
    ...present({ elsewhere: quoted.elsewhere === undefined ? elsewhere : undefined }),
  };
}

const fileHost = /(?:^|\.)(?:sharepoint\.(?:com|us|cn|de)|onedrive\.live\.com|1drv\.ms|svc\.ms)$/;
const fileName = /\.(?:csv|tsv|txt|xls[xmb]?|zip|numbers|ods)$/i;

function isFile(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (fileHost.test(url.hostname) || fileName.test(url.pathname));
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

/** Wrappers nest when a message is forwarded. */
function unwrap(candidate: string, depth: number): string {
  const address = addressWithoutInvisible(candidate);
  if (depth === 0 || address.length > longestUrl * 2 || !URL.canParse(address)) return address;
  const inside = unwrapLink(address);
  return inside === undefined ? address : unwrap(inside, depth - 1);
}
