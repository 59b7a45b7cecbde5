/** Lists every command in one table, with the button that stands for it; its words are those of the reader's language. */
import type { Words } from '../../words/words.ts';
import type { CardAction } from '../blocks/buttons.ts';

export type CommandName = keyof Words['commands'];

interface CommandEntry {
  /** Beside “Did you mean …?” */
  readonly press?: CardAction;
}

export const commands: Readonly<Record<CommandName, CommandEntry>> = {
  list: { press: { verb: 'list' } },
  signIn: { press: { verb: 'signIn' } },
  signOut: {},
  deleteMyData: { press: { verb: 'myData' } },
  help: { press: { verb: 'help' } },
};

/** In the order in which the help names them, and in which they are looked for in what people write. */
export const commandNames = Object.keys(commands) as readonly CommandName[];
