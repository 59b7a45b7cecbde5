/** Reads what a person wrote: the words without mentions and quotes, and the targets that text and links name. */
import { decodeHTMLStrict } from 'entities';
import { parse } from 'node-html-parser';
import { linksBeside, type MessageLinks, type ReadMessageLinks } from '../../domain/exports/message-links.ts';
import { present } from '../../domain/present.ts';
import { withoutInvisible } from '../../domain/invisible-characters.ts';
import type { InboundActivity } from './turn.ts';

export interface ReadMessage {
  readonly text: string;
  readonly links: MessageLinks;
  /** The same without addresses and what stands in links. */
  readonly besideLinks: string;
  /** In groups and channels all that reaches a bot is a placeholder, or a reference that it may not follow. */
  readonly holdsFile: boolean;
  /** Below a quote of somebody's message. */
  readonly isReply: boolean;
  /** The activity that it replies to, where the client says so. */
  readonly repliesTo?: string;
}

/** Above what Teams lets through; the parser need not see more. */
const maxHtmlLength = 120_000;
/** The parser's time grows with the square of what is left open: 30,000 open tags would hold up everybody for half a minute. */
const maxTags = 3_000;

export function readMessage(activity: InboundActivity, readLinks: ReadMessageLinks): ReadMessage {
  const html = htmlOf(activity);
  const written = writtenWords(activity, html);
  const text = withoutInvisible(written === '' ? (html?.words ?? '') : written);
  const repliesTo = /<(?:blockquote|quoted)\b[^<>]+\b(?:itemid|messageId)="(\d{1,20})"/i.exec(
    `${html?.all ?? ''} ${activity.text ?? ''}`,
  )?.[1];
  const links = linksIn(readLinks, written, html);
  return {
    text: onOneLine(text),
    links,
    besideLinks: links.targets.length === 0 ? onOneLine(text) : besideLinks(readLinks, written, html),
    holdsFile: holdsFile(activity),
    isReply: html?.quoted !== undefined || quotePlaceholder.test(activity.text ?? ''),
    ...present({ repliesTo }),
  };
}

const onOneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** Longer ones name nothing. */
const maxWords = 100;

function besideLinks(readLinks: ReadMessageLinks, written: string, html: ReadHtml | undefined): string {
  const isOutside = html !== undefined && html.hrefs.length > 0;
  const words = onOneLine(withoutInvisible(isOutside ? html.outsideLinks : written)).split(' ');
  return words
    .slice(0, maxWords)
    .filter((word) => !isAddress(readLinks(word, [])))
    .join(' ');
}

const isAddress = ({ targets, misread, elsewhere }: MessageLinks): boolean =>
  targets.length + misread.length > 0 || elsewhere !== undefined;

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
  /** Markup and all. */
  readonly all: string;
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
  const others = {
    all: html,
    quoted: quoted === '' ? undefined : wordsOf(quoted),
    quotedHrefs: hrefsIn(quoted),
  };
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

/** With the name in it, which is longer nowhere: the bound keeps what is left open from holding up everybody. */
const mentionElement = /<at(?:\s[^<>]*)?>(?:(?!<at\b)[^]){0,300}?<\/at\s*>/gi;
/** Words inside of other tags stay: people write `<https://…>` and `<list>`. */
const teamsTag = /<\/?(?:at|quoted|attachment|systemEventMessage|emoji|p|div|span|br)\b[^<>]*>/gi;
const blanks = /[^\S\n]+/g;

/** The words of an activity's `text`: decoded, lines kept. */
function withoutMarkup({ text = '', entities = [], recipient }: InboundActivity): string {
  let words = plain(text).replace(mentionElement, ' ').replace(teamsTag, ' ').replace(blanks, ' ');
  for (const mention of mentionsWithoutTags(entities, recipient)) words = words.replaceAll(mention, ' ');
  return words.trim();
}

/** Some clients write `@Name` and no tags. Of others only what begins so: a name can be an ordinary word. */
function mentionsWithoutTags(
  entities: NonNullable<InboundActivity['entities']>,
  recipient: InboundActivity['recipient'],
): readonly string[] {
  const mentions = entities.filter((entity) => entity?.type === 'mention');
  const written = mentions.flatMap((entity) => {
    const isOurs = entity?.mentioned?.id === recipient?.id;
    return [isOurs ? (entity?.text ?? '') : atSign(entity?.text), atName(entity?.mentioned?.name)];
  });
  return [...written, atName(recipient?.name)]
    .map((one) => plain(one).replace(blanks, ' ').trim())
    .filter((one) => one.length > 1 && !one.startsWith('<'))
    .sort((a, b) => b.length - a.length);
}

const atSign = (text = ''): string => (text.startsWith('@') ? text : '');
const atName = (name = ''): string => `@${name}`;

const plain = (text: string): string => withoutInvisible(decodeHTMLStrict(text));

const quoteTag = /<(\/?)blockquote\b([^<>]*)>/gi;
const isReply = /itemtype\s*=\s*["']?[^"'\s]*\/Reply\b/i;

/**
 * Parts a message's HTML into the person's own and what they reply to, which is somebody else's. A *Forward* is their own wish.
 * Without a parser, so that it is linear whatever is left open.
 */
function partQuotes(html: string): { readonly own: string; readonly quoted: string } {
  let [own, quoted] = ['', ''];
  let [depth, from] = [0, 0];
  for (const { 0: tag, 1: slash, 2: attributes = '', index } of html.matchAll(quoteTag)) {
    if (depth === 0 && (slash === '/' || !isReply.test(attributes))) continue;
    if (depth === 0) own += html.slice(from, index);
    else quoted += html.slice(from, index);
    depth += slash === '/' ? -1 : 1;
    from = index + tag.length;
  }
  const rest = html.slice(from);
  return depth === 0 ? { own: own + rest, quoted } : { own, quoted: quoted + rest };
}
