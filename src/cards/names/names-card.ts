/** Draws the names that one person has given, each a row that opens it, and what they exported lately without a name. */
import type { SharedName } from '../../domain/exports/shared-name.ts';
import type { TargetName } from '../../domain/exports/target-name.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, footnote, heading, paragraph } from '../blocks/card-blocks.ts';
import { maxButtons, selectRow } from '../blocks/select-row.ts';
import { plainName, runs, untrustedLine } from '../blocks/untrusted-text.ts';
import type { RichText } from '../../words/en/phrasing/rich-text.ts';
import { targetLine, topObjectiveLine, type Nameless } from '../list/list-rows.ts';
import { sharedNameRow } from './shared-names-card.ts';
import { exportName } from '../export/export-blocks.ts';

export interface NamesCardContent {
  readonly names: readonly TargetName[];
  readonly nameless: readonly Nameless[];
  /** Shown to one person in a group or channel: what everybody there has named. */
  readonly here?: { readonly names: readonly SharedName[] };
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
      ...names.slice(0, max).map((name, nth) => nameRow(words, name, nth < maxButtons)),
      ...(names.length > max ? [footnote(more(names.length - max))] : []),
      ...namelessPart(words, nameless),
      ...(here === undefined ? [] : [...herePart(words, here), footnote(onlyYou)]),
    ],
  });
}

const nameRow = (words: Words, { id: nameId, name, target }: TargetName, isQuick: boolean): CardElement =>
  selectRow(
    button(words, { verb: 'showName', nameId }, { title: words.names.open(plainName(name, '–')) }),
    [untrustedLine(name, { weight: 'Bolder' }, 'None'), targetLine(words, target)],
    isQuick ? button(words, { verb: 'exportNamed', nameId }) : undefined,
  );

function namelessPart(words: Words, nameless: readonly Nameless[]): readonly CardElement[] {
  if (nameless.length === 0) return [];
  return [
    heading(words.names.nameless),
    footnote(words.names.pressToName, 'None'),
    ...nameless.map((job) =>
      selectRow(
        button(
          words,
          { verb: 'nameIt', subject: { kind: 'export', id: job.id } },
          { title: words.names.nameOf(exportName(words, job)) },
        ),
        [targetLine(words, job.target), ...topObjectiveLine(words, job)],
      ),
    ),
  ];
}

function herePart(words: Words, { names }: NonNullable<NamesCardContent['here']>): readonly CardElement[] {
  if (names.length === 0) return [];
  const { title, more } = words.sharedNames.list;
  return [
    heading(title),
    ...names.slice(0, maxOfEach).map((name) => sharedNameRow(words, name)),
    ...(names.length > maxOfEach ? [footnote(more(names.length - maxOfEach))] : []),
  ];
}

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
