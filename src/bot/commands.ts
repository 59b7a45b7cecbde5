/** Answers for the few words that the bot knows. */
import type { HelpOccasion } from '../cards/help-card.ts';

export type Command = 'list' | 'signOut' | 'deleteMyData' | HelpOccasion;

const wordsOf: readonly (readonly [Command, readonly string[]])[] = [
  ['list', ['list', 'my exports', 'exports']],
  ['signOut', ['sign out', 'signout', 'sign-out', 'log out', 'logout', 'log-out']],
  ['deleteMyData', ['delete my data', 'delete data', 'forget me', 'erase my data']],
  ['asked', ['help', '?']],
  ['greeted', ['hi', 'hello', 'hey', 'good morning', 'good afternoon', 'good evening']],
];

const commandOf: ReadonlyMap<string, Command> = new Map(
  wordsOf.flatMap(([command, words]) => words.map((word) => [word, command] as const)),
);

const endMarks = /[.!,;:]+$/;

/** @param text without mentions, spaces single */
export function readCommand(text: string): Command {
  if (text === '') return 'noText';
  const word = text.slice(0, 64).toLowerCase().replace(endMarks, '').replace(/^\//, '').trim();
  return commandOf.get(word) ?? 'notUnderstood';
}
