/** Draws the names that people gave to everybody in a group or channel: the question, what one stands for, all of them. */
import type { SharedName } from '../../domain/exports/shared-name.ts';
import type { Target } from '../../domain/exports/target.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardElement } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, footnote, paragraph } from '../blocks/card-blocks.ts';
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
      ...names.slice(0, maxListed).map((name) => sharedNameRow(words, name)),
      ...(names.length > maxListed ? [footnote(more(names.length - maxListed))] : []),
    ],
    actions: [button(words, { verb: 'views' }, { title: mine })],
  });
}

/** @param readerId whose it is to change, where one person alone reads it */
export function sharedNameRow(words: Words, shared: SharedName, readerId?: string): CardElement {
  const { id: nameId, name, target, giver } = shared;
  const change =
    giver.userId === readerId
      ? [
          button(words, { verb: 'renameSharedName', nameId }),
          button(words, { verb: 'forgetSharedName', nameId }),
        ]
      : [];
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      untrustedLine(name, { weight: 'Bolder' }, 'None'),
      { ...targetLink(words, target), spacing: 'None' },
      { ...sentence(words.sharedNames.list.givenBy(giverName(words, shared))), spacing: 'None' },
      {
        type: 'ActionSet',
        spacing: 'Small',
        actions: [button(words, { verb: 'exportSharedName', nameId }), ...change],
      },
    ],
  };
}
