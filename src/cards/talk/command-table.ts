/** Lists every command in one table: the words for it, what is said about it, and the button that stands for it. */
import type { CardAction } from '../blocks/buttons.ts';

interface CommandEntry {
  /** The first is the one that the bot itself says. */
  readonly words: readonly [string, ...string[]];
  /** What people say when they mean it: never done at once, only pointed to. */
  readonly meant?: readonly string[];
  /** Its line in the help. */
  readonly help: string;
  /** Its line where Teams lists the commands: the app's manifest says the same. */
  readonly listed: { readonly personal: string; readonly shared?: string };
  /** Beside “Did you mean …?” */
  readonly press?: CardAction;
}

const everywhere = (line: string) => ({ personal: line, shared: line });

const table = {
  list: {
    words: ['list', 'my exports', 'exports', 'show my exports'],
    meant: [
      'status',
      'progress',
      'download',
      'history',
      'my file',
      'my files',
      'where',
      'ready',
      'stop',
      'cancel',
    ],
    help: 'Your exports, with their buttons',
    listed: {
      personal: 'Your exports, and what can be done with each',
      shared: 'A button that shows you your own exports',
    },
    press: { verb: 'list' },
  },
  signIn: {
    words: ['sign in', 'signin', 'sign-in', 'log in', 'login', 'log-in'],
    help: 'Signs you in before you need it',
    listed: everywhere('Sign in before you need it'),
    press: { verb: 'signIn' },
  },
  signOut: {
    words: ['sign out', 'signout', 'sign-out', 'log out', 'logout', 'log-out'],
    meant: ['sign off', 'sign me out'],
    help: 'Removes your sign-in from this bot',
    listed: everywhere('Forget your sign-in'),
  },
  deleteMyData: {
    words: ['delete my data', 'delete data', 'forget me', 'erase my data'],
    meant: ['delete', 'erase', 'forget', 'privacy', 'my data'],
    help: 'Shows what I keep about you, and deletes it if you confirm',
    listed: everywhere('See what I keep of you, and have it deleted'),
    press: { verb: 'myData' },
  },
  help: {
    words: ['help', '?', 'help me', 'commands', 'how does it work', 'what can you do', 'who are you'],
    meant: ['how', 'export', 'start', 'menu', 'info', 'instructions'],
    help: 'This card',
    listed: everywhere('What I can do, and where to find the right link'),
    press: { verb: 'help' },
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;

export type CommandName = keyof typeof table;

export const commands: Readonly<Record<CommandName, CommandEntry>> = table;

/** In the order in which the help names them, and in which they are looked for in what people write. */
export const commandNames = Object.keys(table) as readonly CommandName[];
