/** Says in a line or two what somebody can do next, where the whole help would be too much. */
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { paragraph } from '../blocks/card-blocks.ts';
import { commands, saidAs, takesName, type CommandName } from './command-table.ts';

export type HintOccasion = keyof Words['talk']['hints'];

const buttonsOn: Readonly<Record<HintOccasion, readonly ('help' | 'list')[]>> = {
  greeted: ['help', 'list'],
  thanked: [],
  noText: ['help'],
  othersMessage: ['help'],
  notUnderstood: ['help'],
};

export function hintCard(
  words: Words,
  occasion: HintOccasion,
  scope: 'personal' | 'shared' = 'personal',
): Card {
  const { summary, text } = words.talk.hints[occasion];
  return createCard({
    summary,
    speak: text[scope],
    body: [paragraph(text[scope])],
    actions: buttonsOn[occasion].map((verb) => button(words, { verb })),
  });
}

/** Nothing is done before the person has confirmed it. */
export function nearestCommandCard(words: Words, command: CommandName): Card {
  const { press } = commands[command];
  const text = words.talk.didYouMean(
    takesName(command) ? saidAs(words, command) : words.commands[command].word,
  );
  const actions = press === undefined ? [] : [button(words, press)];
  return createCard({ summary: text, body: [paragraph(text)], actions });
}
