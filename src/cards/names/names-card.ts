/** Draws the names that one person has given: each with its buttons, and what they exported lately without a name. */
import type { SharedName } from '../../domain/exports/shared-name.ts';
import type { TargetName } from '../../domain/exports/target-name.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { button, dialogButton, exportButton } from '../blocks/buttons.ts';
import { banner, footnote, heading, paragraph } from '../blocks/card-blocks.ts';
import { runs, untrustedLine } from '../blocks/untrusted-text.ts';
import type { RichText } from '../../words/en/phrasing/rich-text.ts';
import { topObjectiveLine, type Nameless } from '../list/list-rows.ts';
import { sharedNameRow } from './shared-names-card.ts';
import { targetLink } from '../export/export-blocks.ts';

export interface NamesCardContent {
  readonly names: readonly TargetName[];
  readonly nameless: readonly Nameless[];
  /** Shown to one person in a group or channel: what everybody there has named, and who reads it. */
  readonly here?: { readonly names: readonly SharedName[]; readonly readerId: string };
}

const maxListed = 10;
/** Of each kind, where there are two: a card holds 28 KB. */
const maxOfEach = 6;

export function namesCard(words: Words, { names, nameless, here }: NamesCardContent): Card {
  const { title, lead, none, more, onlyYou } = words.names;
  const isNew = names.length === 0;
  const max = here === undefined || here.names.length === 0 ? maxListed : maxOfEach;
  const said = isNew ? none.lead : lead;
  return createCard({
    summary: title,
    speak: `${title}. ${said}`,
    body: [
      banner({ tone: 'emphasis', icon: '≡', title, lead: said }),
      ...(isNew ? [paragraph(none.how, 'Medium')] : []),
      ...names.slice(0, max).map((name) => nameRow(words, name, here === undefined)),
      ...(names.length > max ? [footnote(more(names.length - max))] : []),
      ...namelessPart(words, nameless),
      ...(here === undefined ? [] : [...herePart(words, here), footnote(onlyYou)]),
    ],
  });
}

const nameRow = (words: Words, { id: nameId, name, target }: TargetName, isPersonal: boolean): CardElement =>
  listed(
    [untrustedLine(name, { weight: 'Bolder' }, 'None'), { ...targetLink(words, target), spacing: 'None' }],
    [
      button(words, { verb: 'exportNamed', nameId }),
      ...(isPersonal ? [dialogButton(words, { verb: 'scheduleIt', thing: `name:${nameId}` })] : []),
      button(words, { verb: 'renameName', nameId }),
      button(words, { verb: 'forgetName', nameId }),
    ],
  );

function namelessPart(words: Words, nameless: readonly Nameless[]): readonly CardElement[] {
  if (nameless.length === 0) return [];
  return [
    heading(words.names.nameless),
    ...nameless.map((job) =>
      listed(
        [targetLink(words, job.target), ...topObjectiveLine(words, job)],
        [
          button(words, { verb: 'nameIt', subject: { kind: 'export', id: job.id } }),
          exportButton(words, 'exportAgain', job.id),
        ],
      ),
    ),
  ];
}

function herePart(
  words: Words,
  { names, readerId }: NonNullable<NamesCardContent['here']>,
): readonly CardElement[] {
  if (names.length === 0) return [];
  const { title, more } = words.sharedNames.list;
  return [
    heading(title),
    ...names.slice(0, maxOfEach).map((name) => sharedNameRow(words, name, readerId)),
    ...(names.length > maxOfEach ? [footnote(more(names.length - maxOfEach))] : []),
  ];
}

const listed = (lines: readonly CardElement[], actions: readonly CardButton[]): CardElement => ({
  type: 'Container',
  separator: true,
  spacing: 'Medium',
  items: [...lines, { type: 'ActionSet', spacing: 'Small', actions }],
});

/** Where others read along: whoever presses the button sees their own. */
export function namesOfferCard(words: Words): Card {
  const { summary, text, button: title } = words.names.offer;
  return createCard({
    summary,
    body: [paragraph(text)],
    actions: [button(words, { verb: 'views' }, { title, style: 'positive' })],
  });
}

/** What came of giving, changing or forgetting one: a line, with whatever the person wrote in it as it is. */
export function nameLineCard(
  { summary, text }: { readonly summary: string; readonly text: RichText },
  { about, buttons = [] }: { readonly about?: CardElement; readonly buttons?: readonly CardButton[] } = {},
): Card {
  return createCard({
    summary,
    body: [{ type: 'RichTextBlock', inlines: runs(text) }, ...(about === undefined ? [] : [about])],
    actions: buttons,
  });
}
