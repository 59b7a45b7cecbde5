/** Says of one command what it does, how it is written, and in which other words. */
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, row, rowGroup } from '../blocks/card-blocks.ts';
import { commands, commandsUnder, saidAs, type CommandName } from './command-table.ts';

const maxOthers = 6;

interface CommandWords {
  readonly help: string;
  readonly synonyms: readonly string[];
  readonly opens?: readonly string[];
  readonly prompt?: string;
}

export function commandHelpCard(words: Words, command: CommandName): Card {
  const { help, synonyms, opens = [], prompt }: CommandWords = words.commands[command];
  const { example, otherWords } = words.talk.commandHelp;
  const others = [...synonyms, ...opens].slice(0, maxOthers);
  const title = saidAs(words, command);
  const { press } = commands[command];
  return createCard({
    summary: `${title}: ${help}`,
    body: [
      banner({ tone: 'accent', icon: '➜', title, lead: help }),
      ...rowGroup([
        ...(prompt === undefined ? [] : [row(example, prompt)]),
        ...(others.length === 0 ? [] : [row(otherWords, others.join(', '))]),
      ]),
      ...rowGroup(commandsUnder(command).map((name) => row(saidAs(words, name), words.commands[name].help))),
    ],
    actions: [
      ...(press === undefined || command === 'help' ? [] : [button(words, press)]),
      button(words, { verb: 'help' }),
    ],
  });
}
