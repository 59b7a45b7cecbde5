/** Draws the names that one person has given: each with its buttons, and what they exported lately without a name. */
import type { TargetName } from '../../domain/exports/target-name.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { button, dialogButton, exportButton } from '../blocks/buttons.ts';
import { banner, footnote, heading, paragraph } from '../blocks/card-blocks.ts';
import { runs, untrustedLine } from '../blocks/untrusted-text.ts';
import type { RichText } from '../../words/en/phrasing/rich-text.ts';
import { topObjectiveLine, type Nameless } from '../list/list-rows.ts';
import { targetLink } from '../export/export-blocks.ts';

export interface NamesCardContent {
  readonly names: readonly TargetName[];
  readonly nameless: readonly Nameless[];
  /** `shared`: shown to one person in a group or channel. */
  readonly scope: 'personal' | 'shared';
}

const maxListed = 10;

export function namesCard(words: Words, { names, nameless, scope }: NamesCardContent): Card {
  const { title, lead, none, more, onlyYou } = words.names;
  const isNew = names.length === 0;
  const said = isNew ? none.lead : lead;
  return createCard({
    summary: title,
    speak: `${title}. ${said}`,
    body: [
      banner({ tone: 'emphasis', icon: '≡', title, lead: said }),
      ...(isNew ? [paragraph(none.how, 'Medium')] : []),
      ...names.slice(0, maxListed).map((name) => nameRow(words, name, scope)),
      ...(names.length > maxListed ? [footnote(more(names.length - maxListed))] : []),
      ...namelessPart(words, nameless),
      ...(scope === 'shared' ? [footnote(onlyYou)] : []),
    ],
  });
}

const nameRow = (
  words: Words,
  { id: nameId, name, target }: TargetName,
  scope: NamesCardContent['scope'],
): CardElement =>
  listed(
    [untrustedLine(name, { weight: 'Bolder' }, 'None'), { ...targetLink(words, target), spacing: 'None' }],
    [
      button(words, { verb: 'exportNamed', nameId }),
      ...(scope === 'personal' ? [dialogButton(words, { verb: 'scheduleIt', thing: `name:${nameId}` })] : []),
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
