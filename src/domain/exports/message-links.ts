/** Reads which targets a message names: from its text and link targets, through wrappers, in order and once each. */
import { addressWithoutInvisible, withoutInvisible } from '../invisible-characters.ts';
import { present } from '../present.ts';
import {
  sameTarget,
  type LinkNote,
  type LinkReader,
  type LinkReading,
  type Misread,
  type Target,
} from './target.ts';
import { unwrapLink } from './link-wrappers.ts';

export const maxTargetsPerMessage = 5;

export interface MessageLinks {
  /** At most five, in the order they were written. */
  readonly targets: readonly Target[];
  /** Targets beyond the fifth: named in the answer, not exported. */
  readonly leftOut: readonly Target[];
  /** What is wrong with the addresses of a source that are no target. */
  readonly misread: readonly Misread[];
  /** What is to be said of the addresses of targets. */
  readonly notes?: readonly LinkNote[];
  /** Where another link leads, the last one if there are several: to a file, or to whatever else. */
  readonly elsewhere?: 'file' | 'page';
}

/** Brackets, curly quotes and wide punctuation end a URL too: Markdown and word processors put them there. */
const rest = String.raw`[^\s<>"'|\\^\`{}[\]“”„‘’‚«»‹›…。、，）]+`;

const urlsOf = (bareHosts: readonly string[]): RegExp => {
  const bare = bareHosts.map(
    (host) => String.raw`(?<![\w@./:%-])${host.replaceAll('.', String.raw`\.`)}\/${rest}`,
  );
  return new RegExp([`https?:\\/\\/${rest}`, ...bare].join('|'), 'gi');
};

const trailingPunctuation = new Set(['.', ',', ';', ':', '!', '?', ')', ']', '*', '_', '~']);
const deepestWrapper = 3;

/** @param hrefs targets of the links in the message's HTML, decoded */
export type ReadMessageLinks = (text: string, hrefs: readonly string[]) => MessageLinks;

export function createMessageLinks(readers: readonly LinkReader[]): ReadMessageLinks {
  const urlInText = urlsOf(readers.flatMap(({ bareHosts }) => bareHosts));
  return function readMessageLinks(text, hrefs) {
    const targets: Target[] = [];
    const misread: Misread[] = [];
    const notes = new Map<string, LinkNote>();
    let elsewhere: MessageLinks['elsewhere'];
    for (const candidate of [...urlsInText(text, urlInText), ...hrefs]) {
      const address = unwrap(candidate, deepestWrapper);
      const reading = readWithAny(readers, address);
      if (reading.kind === 'elsewhere' && /^https?:/i.test(candidate))
        elsewhere = isFile(address) ? 'file' : 'page';
      if (reading.kind === 'target' && !targets.some((known) => sameTarget(known, reading.target)))
        targets.push(reading.target);
      if (reading.kind === 'target' && reading.note !== undefined) {
        const { source } = reading.target;
        notes.set(`${source} ${reading.note}`, { source, note: reading.note });
      }
      if (reading.kind === 'noTarget' && !misread.some(sameAs(reading)))
        misread.push({ source: reading.source, problem: reading.problem });
    }
    return {
      targets: targets.slice(0, maxTargetsPerMessage),
      leftOut: targets.slice(maxTargetsPerMessage),
      misread,
      ...present({ elsewhere, notes: notes.size === 0 ? undefined : [...notes.values()] }),
    };
  };
}

const sameAs =
  (one: Misread) =>
  ({ source, problem }: Misread): boolean =>
    source === one.source && problem === one.problem;

function readWithAny(readers: readonly LinkReader[], address: string): LinkReading {
  for (const { readLink } of readers) {
    const reading = readLink(address);
    if (reading.kind !== 'elsewhere') return reading;
  }
  return { kind: 'elsewhere' };
}

/** What a text names beside what somebody else wrote: a reply may repeat it. */
export function linksBeside(
  quoted: MessageLinks,
  { targets, leftOut, misread, notes, elsewhere }: MessageLinks,
): MessageLinks {
  const theirs = [...quoted.targets, ...quoted.leftOut];
  const isOwn = (target: Target): boolean => !theirs.some((other) => sameTarget(other, target));
  return {
    targets: targets.filter(isOwn),
    leftOut: leftOut.filter(isOwn),
    misread: misread.filter((one) => !quoted.misread.some(sameAs(one))),
    ...present({ notes: targets.some(isOwn) ? notes : undefined }),
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
const separator = /(?<!\p{Default_Ignorable_Code_Point})\p{Default_Ignorable_Code_Point}+(?=https?:\/\/)/giu;

function urlsInText(text: string, urlInText: RegExp): string[] {
  const visible = withoutInvisible(text.replace(separator, ' '));
  return Array.from(visible.matchAll(urlInText), ([match]) => {
    let end = match.length;
    while (end > 0 && trailingPunctuation.has(match[end - 1] ?? '')) end -= 1;
    const url = match.slice(0, end);
    return /^https?:/i.test(url) ? url : `https://${url}`;
  });
}

const longestUrl = 2048;

/** Wrappers nest when a message is forwarded. */
function unwrap(candidate: string, depth: number): string {
  const address = addressWithoutInvisible(candidate);
  if (depth === 0 || address.length > longestUrl * 2 || !URL.canParse(address)) return address;
  const inside = unwrapLink(address);
  return inside === undefined ? address : unwrap(inside, depth - 1);
}
