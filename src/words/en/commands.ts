/** Holds in English the words that people write to the bot, and what is said about each. */

interface CommandWords {
  /** The one that the bot itself says. */
  readonly word: string;
  readonly synonyms: readonly string[];
  /** What people say when they mean it: never done at once, only pointed to. */
  readonly meant: readonly string[];
  /** What stands behind it in the help: a name that people choose. */
  readonly takes?: string;
  /** Other ways to begin it, where something stands behind it. */
  readonly opens?: readonly string[];
  /** What Teams puts into the message box for it: an example to write over. */
  readonly prompt?: string;
  /** Words between two names. */
  readonly between?: readonly string[];
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
      'again',
      'same as before',
      'same as last time',
      'same as yesterday',
      'did i export',
      'why',
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
  views: {
    word: 'views',
    synonyms: ['my views', 'my plans', 'plans', 'names', 'my names', 'saved views'],
    meant: [],
    help: 'What you have named: export, rename or forget it',
    listed: {
      personal: 'What you have named: export, rename or forget it',
      shared: 'A button that shows you what you have named',
    },
  },
  export: {
    word: 'export',
    takes: 'NAME',
    synonyms: [],
    opens: [],
    meant: [],
    help: 'Exports what you have named, without its link',
    prompt: 'export Q3 sales',
    listed: everywhere('Export what you have named'),
  },
  saveAs: {
    word: 'save as',
    takes: 'NAME',
    synonyms: [],
    opens: ['save it as', 'save this as', 'name it', 'name this'],
    meant: [],
    help: 'Names your last export here, or the link in the same message',
    prompt: 'save as Q3 sales',
    listed: everywhere('Name your last export here, or the link in the same message'),
  },
  rename: {
    word: 'rename',
    takes: 'A to B',
    synonyms: [],
    opens: [],
    between: ['to', 'into', 'as', '->', '→'],
    meant: [],
    help: 'Changes a name',
    prompt: 'rename Q3 sales to Q4 sales',
    listed: everywhere('Change a name'),
  },
  forget: {
    word: 'forget',
    takes: 'NAME',
    synonyms: [],
    opens: ['forget the name'],
    meant: [],
    help: 'Forgets a name; its exports stay',
    prompt: 'forget Q3 sales',
    listed: everywhere('Forget a name; its exports stay'),
  },
  schedule: {
    word: 'schedule',
    takes: 'NAME mondays 9:00',
    synonyms: [],
    opens: ['schedule the export of', 'repeat'],
    meant: ['remind me', 'every week', 'weekly', 'recurring', 'automatically', 'subscribe'],
    help: 'Exports it again and again: on which days, at what time, if, until',
    prompt: 'schedule Q3 sales mondays 9:00',
    listed: everywhere('Have it exported again and again, such as mondays 9:00 if changed'),
  },
  schedules: {
    word: 'schedules',
    synonyms: ['my schedules', 'show schedules', 'list schedules', 'subscriptions'],
    meant: ['next run', 'next runs', 'unsubscribe', 'stop posting'],
    help: 'What is scheduled: pause, resume, run now or end it',
    listed: {
      personal: 'What is scheduled, when it runs next, and how the last run went',
      shared: 'What is scheduled here',
    },
  },
  pause: {
    word: 'pause',
    takes: 'NAME',
    synonyms: [],
    opens: ['pause the schedule of', 'pause the schedule'],
    meant: [],
    help: 'Pauses its schedule',
    prompt: 'pause Q3 sales',
    listed: everywhere('Pause a schedule'),
  },
  resume: {
    word: 'resume',
    takes: 'NAME',
    synonyms: ['unpause'],
    opens: ['unpause', 'resume the schedule of', 'resume the schedule'],
    meant: [],
    help: 'Lets a paused schedule go on',
    prompt: 'resume Q3 sales',
    listed: everywhere('Let a paused schedule go on'),
  },
  runNow: {
    word: 'run now',
    takes: 'NAME',
    synonyms: ['run'],
    opens: ['run'],
    meant: [],
    help: 'Runs a schedule once more, whatever its condition',
    prompt: 'run now Q3 sales',
    listed: everywhere('Run a schedule now'),
  },
  unschedule: {
    word: 'unschedule',
    takes: 'NAME',
    synonyms: [],
    opens: [
      'end the schedule of',
      'stop the schedule of',
      'cancel the schedule of',
      'delete the schedule of',
    ],
    meant: [],
    help: 'Ends a schedule; its exports stay',
    prompt: 'unschedule Q3 sales',
    listed: everywhere('End a schedule; its exports stay'),
  },
  share: {
    word: 'share',
    synonyms: ['share it', 'share this'],
    meant: ['post it here', 'show everybody'],
    help: 'In a group or channel: shows everybody what your last export says',
    listed: {
      personal: 'In a group or channel: show everybody what your last export says',
      shared: 'Show everybody here what your last export says; I ask you first',
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
    meant: ['delete', 'erase', 'privacy', 'my data'],
    help: 'Shows what I keep about you, and deletes it if you confirm',
    listed: everywhere('See what I keep of you, and have it deleted'),
  },
  debug: {
    word: 'debug',
    synonyms: ['my state', 'diagnostics', 'versions'],
    meant: ['version', 'error', 'my errors', 'support', 'reference'],
    help: 'What to quote when you ask for help',
    listed: everywhere('What to quote when you ask for help: a reference, versions, your last errors'),
  },
  help: {
    word: 'help',
    takes: 'COMMAND',
    opens: ['help with', 'help on', 'help about'],
    synonyms: ['?', 'help me', 'commands', 'how does it work', 'what can you do', 'who are you'],
    meant: [
      'how',
      'export this',
      'export it',
      'export my',
      'exporting',
      'start',
      'menu',
      'info',
      'instructions',
    ],
    help: 'This card, or more about one command',
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
