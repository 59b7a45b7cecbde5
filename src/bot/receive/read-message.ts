/** Reads what a person wrote: the words without mentions and quotes, and the targets that text and links name. */
import { decodeHTMLStrict } from 'entities';
import { parse } from 'node-html-parser';
import { linksBeside, type MessageLinks, type ReadMessageLinks } from '../../domain/exports/message-links.ts';
import { withoutInvisible } from '../../domain/invisible-characters.ts';
import type { InboundActivity } from './turn.ts';
import { partQuotes, withoutMarkup } from './teams-markup.ts';

export interface ReadMessage {
  readonly text: string;
  readonly links: MessageLinks;
  /** In groups and channels all that reaches a bot is a placeholder, or a reference that it may not follow. */
  readonly holdsFile: boolean;
  /** Below a quote of somebody's message. */
  readonly isReply: boolean;
}

/** Above what Teams lets through; the parser need not see more. */
const maxHtmlLength = 120_000;
/** The parser's time grows with the square of what is left open: 30,000 open tags would hold up everybody for half a minute. */
const maxTags = 3_000;

export function readMessage(activity: InboundActivity, readLinks: ReadMessageLinks): ReadMessage {
  const html = htmlOf(activity);
  const written = writtenWords(activity, html);
  const text = withoutInvisible(written === '' ? (html?.words ?? '') : written);
  return {
    text: text.replace(/\s+/gu, ' ').trim(),
    links: linksIn(readLinks, written, html),
    holdsFile: holdsFile(activity),
    isReply: html?.quoted !== undefined || quotePlaceholder.test(activity.text ?? ''),
  };
}

function linksIn(readLinks: ReadMessageLinks, written: string, html: ReadHtml | undefined): MessageLinks {
  if (html === undefined) return readLinks(written, []);
  // The words of an anchor are often its address cut short: only where it leads counts.
  const links = readLinks(html.outsideLinks, html.hrefs);
  if (links.targets.length > 0 || links.misread.length > 0) return links;
  const quoted = readLinks(html.quoted ?? '', html.quotedHrefs);
  return { ...links, ...linksBeside(quoted, readLinks(written, [])) };
}

const quotePlaceholder = /<quoted\b/i;
const fileType =
  /^(?:reference|text\/csv|application\/(?:octet-stream|zip|vnd\.ms-excel.*|vnd\.openxmlformats.*))$/i;
/** What else a placeholder may stand for. */
const otherReference = /messageReference$|\.card\./i;

function holdsFile({ attachments = [] }: InboundActivity): boolean {
  const types = attachments.map((attachment) => attachment?.contentType ?? '');
  if (types.some((type) => fileType.test(type))) return true;
  return !types.some((type) => otherReference.test(type)) && attachments.some(hasPlaceholder);
}

const hasPlaceholder = (attachment: NonNullable<InboundActivity['attachments']>[number]): boolean =>
  typeof attachment?.content === 'string' && /<attachment\b/i.test(attachment.content);

/** `text` may repeat what the person replies to: then their own words are those of the HTML, or its other lines. */
function writtenWords(activity: InboundActivity, html: ReadHtml | undefined): string {
  const written = withoutMarkup(activity);
  if (html?.quoted === undefined) return written;
  if (html.words !== '') return html.words;
  const quoted = new Set(linesOf(html.quoted));
  return linesOf(written)
    .filter((line) => !quoted.has(line))
    .join('\n');
}

const linesOf = (text: string): readonly string[] =>
  withoutInvisible(text)
    .split('\n')
    .map((line) => line.trim());

interface ReadHtml {
  readonly hrefs: readonly string[];
  readonly words: string;
  readonly outsideLinks: string;
  /** What the person replies to, when they do. */
  readonly quoted: string | undefined;
  readonly quotedHrefs: readonly string[];
}

function htmlOf({ attachments = [] }: InboundActivity): ReadHtml | undefined {
  const parts = attachments.flatMap((attachment) =>
    attachment?.contentType === 'text/html' && typeof attachment.content === 'string'
      ? [attachment.content]
      : [],
  );
  const html = parts.join('\n');
  if (html === '' || html.length > maxHtmlLength) return undefined;
  const { own, quoted } = partQuotes(html);
  const others = { quoted: quoted === '' ? undefined : wordsOf(quoted), quotedHrefs: hrefsIn(quoted) };
  if (isTooDeep(own)) return { hrefs: hrefsIn(own), words: '', outsideLinks: '', ...others };
  const root = parse(own);
  for (const mention of root.querySelectorAll('[itemtype$="/Mention"], at')) mention.remove();
  const anchors = root.querySelectorAll('a[href]');
  const words = root.structuredText.trim();
  const hrefs = anchors.map((anchor) => anchor.getAttribute('href') ?? '');
  for (const anchor of anchors) anchor.remove();
  return { hrefs, words, outsideLinks: root.structuredText, ...others };
}

const wordsOf = (html: string): string => (isTooDeep(html) ? '' : parse(html).structuredText);

const isTooDeep = (html: string): boolean => html.split('<', maxTags + 1).length > maxTags;

/** Without a parser: where links lead, wherever they stand. */
const hrefsIn = (html: string): readonly string[] =>
  Array.from(html.matchAll(/\bhref="([^"]{1,4096})"/gi), ([, href = '']) => decodeHTMLStrict(href));
