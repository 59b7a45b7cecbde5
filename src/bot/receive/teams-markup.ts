/** Takes out of a message what Teams itself writes into it: mentions, quotes of other people's messages, placeholders. */
import { decodeHTMLStrict } from 'entities';
import { withoutInvisible } from '../../domain/invisible-characters.ts';
import type { InboundActivity } from './turn.ts';

/** With the name in it, which is longer nowhere: the bound keeps what is left open from holding up everybody. */
const mentionElement = /<at(?:\s[^<>]*)?>(?:(?!<at\b)[^]){0,300}?<\/at\s*>/gi;
/** Words inside of other tags stay: people write `<https://…>` and `<list>`. */
const teamsTag = /<\/?(?:at|quoted|attachment|systemEventMessage|emoji|p|div|span|br)\b[^<>]*>/gi;
const blanks = /[^\S\n]+/g;

/** The words of an activity's `text`: decoded, lines kept. */
export function withoutMarkup({ text = '', entities = [], recipient }: InboundActivity): string {
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
export function partQuotes(html: string): { readonly own: string; readonly quoted: string } {
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
