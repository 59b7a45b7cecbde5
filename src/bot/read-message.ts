/** Answers for what a message says: its words without mentions, and the explorer views that its text and links name. */
import { parse } from 'node-html-parser';
import type { MessageLinks } from '../domain/exports/message-links.ts';
import { readMessageLinks } from '../domain/exports/message-links.ts';
import type { InboundActivity } from './inbound-activity.ts';

export interface ReadMessage {
  readonly text: string;
  readonly links: MessageLinks;
}

/** Above what Teams lets through; the parser need not see more. */
const longestHtml = 120_000;
/** The parser's time grows with the square of what is left open: 30,000 open tags would hold up everybody for half a minute. */
const mostTags = 3_000;

export function readMessage(activity: InboundActivity): ReadMessage {
  const html = htmlOf(activity);
  const written = stripMentions(activity.text ?? '', activity);
  const text = tidy(written === '' ? (html?.words ?? '') : written);
  if (html === undefined) return { text, links: readMessageLinks(decode(written), []) };
  // The words of an anchor are often its address cut short: only where it leads counts.
  const links = readMessageLinks(html.outsideLinks, html.hrefs);
  const isEmpty = links.views.length === 0 && links.misread.length === 0;
  return { text, links: isEmpty ? readMessageLinks(decode(written), []) : links };
}

interface ReadHtml {
  readonly hrefs: readonly string[];
  readonly words: string;
  readonly outsideLinks: string;
}

function htmlOf({ attachments = [] }: InboundActivity): ReadHtml | undefined {
  const parts = attachments.flatMap((attachment) =>
    attachment?.contentType === 'text/html' && typeof attachment.content === 'string'
      ? [attachment.content]
      : [],
  );
  const html = parts.join('\n');
  if (html === '' || html.length > longestHtml) return undefined;
  if (html.split('<', mostTags + 1).length > mostTags)
    return { hrefs: hrefsIn(html), words: '', outsideLinks: '' };
  const root = parse(html);
  for (const mention of root.querySelectorAll('[itemtype$="/Mention"], at')) mention.remove();
  const anchors = root.querySelectorAll('a[href]');
  const words = root.structuredText;
  const hrefs = anchors.map((anchor) => anchor.getAttribute('href') ?? '');
  for (const anchor of anchors) anchor.remove();
  return { hrefs, words, outsideLinks: root.structuredText };
}

/** Without a parser: where links lead, wherever they stand. */
const hrefsIn = (html: string): readonly string[] =>
  Array.from(html.matchAll(/\bhref="([^"]{1,4096})"/gi), ([, href = '']) => decode(href));

/** The SDK's own function removes the first mention only, changes the activity, and fails without text. */
function stripMentions(text: string, { entities = [], recipient }: InboundActivity): string {
  let stripped = text;
  for (const entity of entities) {
    const isOurs = entity?.type === 'mention' && entity.mentioned?.id === recipient?.id;
    if (isOurs && entity.text !== undefined && entity.text !== '')
      stripped = stripped.replaceAll(entity.text, ' ');
  }
  return stripped.trim();
}

const decode = (text: string): string => text.replaceAll('&nbsp;', ' ').replaceAll('&amp;', '&');

const mentionTags = /<\/?at(?: [^<>]*)?>/gi;

const tidy = (text: string): string => decode(text).replace(mentionTags, ' ').replace(/\s+/gu, ' ').trim();
