/** Draws the names that people gave to everybody in a group or channel: the question, what one stands for, all of them. */
import type { SharedName } from '../../domain/exports/shared-name.ts';
import type { Target } from '../../domain/exports/target.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, footnote, paragraph } from '../blocks/card-blocks.ts';
import { maxButtons, selectRow } from '../blocks/select-row.ts';
import { targetLine } from '../list/list-rows.ts';
import { plainName, plainText, runs, untrustedLine } from '../blocks/untrusted-text.ts';
import { targetLink } from '../export/export-blocks.ts';
import type { RichText } from '../../words/en/phrasing/rich-text.ts';

const sentence = (text: RichText): CardElement => ({ type: 'RichTextBlock', inlines: runs(text) });

/** Teams may not say who somebody is. */
const giverName = ({ exports: { card } }: Words, { giver }: SharedName): string =>
  plainText(giver.name, card.somebody);

interface NameQuestion {
  /** Of the author's own name. */
  readonly nameId: string;
  readonly said: RichText;
  readonly target: Target;
  readonly place: 'channel' | 'groupChat';
}

/** Everybody there reads it; only whose name it is can answer. */
export function nameQuestionCard(words: Words, { nameId, said, target, place }: NameQuestion): Card {
  const { summary, title, text, untilThen } = words.sharedNames.question;
  return createCard({
    summary,
    speak: `${title(place)} ${text}`,
    body: [
      sentence(said),
      targetLink(words, target),
      banner({ tone: 'emphasis', icon: '?', title: title(place), lead: text }),
      footnote(`${untilThen} ${words.sharedNames.given.goesWith}`),
    ],
    actions: [button(words, { verb: 'giveName', nameId }), button(words, { verb: 'keepName', nameId })],
  });
}

export function sharedNameCard(words: Words, shared: SharedName): Card {
  const { id: nameId, name, target } = shared;
  const { summary, text, goesWith } = words.sharedNames.given;
  return createCard({
    summary: summary(plainName(name, '–')),
    body: [sentence(text(giverName(words, shared), name)), targetLink(words, target), footnote(goesWith)],
    actions: [button(words, { verb: 'exportSharedName', nameId })],
  });
}

export function nameNotSharedCard({ sharedNames }: Words): Card {
  const { summary, text } = sharedNames.notShared;
  return createCard({ summary, body: [paragraph(`○  ${text}`)] });
}

const maxListed = 10;

export function sharedNamesCard(words: Words, names: readonly SharedName[]): Card {
  const { title, lead, more, mine } = words.sharedNames.list;
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [
      banner({ tone: 'emphasis', icon: '≡', title, lead }),
      ...names.slice(0, maxListed).map((name, nth) => {
        const exportIt = button(words, { verb: 'exportSharedName', nameId: name.id });
        // One place is for the card's own button.
        return sharedNameRow(words, name, nth < maxButtons - 1 ? exportIt : undefined);
      }),
      ...(names.length > maxListed ? [footnote(more(names.length - maxListed))] : []),
    ],
    actions: [button(words, { verb: 'views' }, { title: mine })],
  });
}

export const givenByLine = (words: Words, shared: SharedName): CardElement => ({
  ...sentence(words.sharedNames.list.givenBy(giverName(words, shared))),
  spacing: 'None',
});

/** @param quick a button that exports it, where the card has room for one */
export function sharedNameRow(words: Words, shared: SharedName, quick?: CardButton): CardElement {
  const { id: nameId, name, target } = shared;
  return selectRow(
    button(words, { verb: 'showName', nameId }, { title: words.names.open(plainName(name, '–')) }),
    [
      untrustedLine(name, { weight: 'Bolder' }, 'None'),
      targetLine(words, target),
      givenByLine(words, shared),
    ],
    quick,
  );
}
