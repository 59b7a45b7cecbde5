/** Reads what people write about names: to save, export, rename or forget one; the name stays as they wrote it. */
import { en } from '../../words/en/en.ts';
import { keptForWords, type Words } from '../../words/words.ts';
import { namingCommands, type NamingCommand } from '../../cards/talk/command-table.ts';
import { readOpening } from './read-opening.ts';

export type Naming =
  | { readonly command: Exclude<NamingCommand, 'rename'>; readonly written: string }
  | {
      readonly command: 'rename';
      /** A name may hold the word between the two: each way to part them, the longest old name first. */
      readonly ways: readonly { readonly from: string; readonly to: string }[];
    };

/** Stands between two names. Plain words: none has a character that a pattern reads otherwise. */
const betweenOf = keptForWords((words: Words): RegExp => {
  const between = [...new Set([words, en])].flatMap(({ commands }) => commands.rename.between);
  return new RegExp(`(?<=\\S )(?:${between.join('|')})(?= \\S)`, 'giu');
});

/** @param text without mentions and links, spaces single. Undefined where it does not begin with one of these commands. */
export function readNaming(words: Words, text: string): Naming | undefined {
  const opening = readOpening(words, text);
  const command = namingCommands.find((name) => name === opening?.command);
  if (opening === undefined || command === undefined) return undefined;
  const { written } = opening;
  return command === 'rename'
    ? { command, ways: waysToPart(betweenOf(words), written) }
    : { command, written };
}

const waysToPart = (between: RegExp, written: string) =>
  Array.from(written.matchAll(between), ({ 0: word, index }) => ({
    from: written.slice(0, index).trim(),
    to: written.slice(index + word.length).trim(),
  })).toReversed();
