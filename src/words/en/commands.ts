/** Holds in English the words that people write to the bot, and what is said about each. */

interface CommandWords {
  /** The one that the bot itself says. */
  readonly word: string;
  readonly synonyms: readonly string[];
  /** What people say when they mean it: never done at once, only pointed to. */
  readonly meant: readonly string[];
  /** Its line in the help. */
  readonly help: string;
  /** Its line where Teams lists the commands. */
  readonly listed: { readonly personal: string; readonly shared: string };
}

export const everywhere = (line: string) => ({ personal: line, shared: line });

export const commands = {
  list: {
    word: 'list',
    synonyms: ['my exports', 'exports', 'show my exports'],
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
  },
  signIn: {
    word: 'sign in',
    synonyms: ['signin', 'sign-in', 'log in', 'login', 'log-in'],
    meant: [],
    help: 'Signs you in before you need it',
    listed: everywhere('Sign in before you need it'),
  },
  signOut: {
    word: 'sign out',
    synonyms: ['signout', 'sign-out', 'log out', 'logout', 'log-out'],
    meant: ['sign off', 'sign me out'],
    help: 'Removes your sign-in from this bot',
    listed: everywhere('Forget your sign-in'),
  },
  deleteMyData: {
    word: 'delete my data',
    synonyms: ['delete data', 'forget me', 'erase my data'],
    meant: ['delete', 'erase', 'forget', 'privacy', 'my data'],
    help: 'Shows what I keep about you, and deletes it if you confirm',
    listed: everywhere('See what I keep of you, and have it deleted'),
  },
  help: {
    word: 'help',
    synonyms: ['?', 'help me', 'commands', 'how does it work', 'what can you do', 'who are you'],
    meant: ['how', 'export', 'start', 'menu', 'info', 'instructions'],
    help: 'This card',
    listed: everywhere('What I can do, and where to find the right link'),
  },
} satisfies Readonly<Record<string, CommandWords>>;

export const pleasantries = {
  greeted: ['hi', 'hello', 'hey', 'good morning', 'good afternoon', 'good evening'],
  thanked: [
    'thanks',
    'thank you',
    'thx',
    'ty',
    'ok',
    'okay',
    'great',
    'perfect',
    'cool',
    'nice',
    'awesome',
    'good job',
    'well done',
    'bye',
  ],
  /** With anything behind them, such as what the thanks are for. */
  thanksFor: ['thanks', 'thank you', 'thx', 'many thanks'],
  /** Before or behind a command. */
  please: ['please', 'pls'],
};
