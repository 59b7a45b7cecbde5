/** Lists every command in one table, with the button that stands for it; its words are those of the reader's language. */
import type { Words } from '../../words/words.ts';
import type { CardAction } from '../blocks/buttons.ts';

export type CommandName = keyof Words['commands'];

interface CommandEntry {
  /** Beside “Did you mean …?” */
  readonly press?: CardAction;
  /** Its line is in the help about that one: Teams lists twelve at most, and so does the help. */
  readonly under?: 'views' | 'schedules';
  /** It is one person's matter alone: begun and ended in their personal chat, and where others read along only led there. */
  readonly alone?: true;
}

export const commands: Readonly<Record<CommandName, CommandEntry>> = {
  list: { press: { verb: 'list' } },
  views: { press: { verb: 'views' } },
  export: { press: { verb: 'views' } },
  saveAs: {},
  rename: { press: { verb: 'views' }, under: 'views' },
  forget: { press: { verb: 'views' }, under: 'views' },
  schedule: { press: { verb: 'schedules' } },
  schedules: { press: { verb: 'schedules' } },
  pause: { press: { verb: 'schedules' }, under: 'schedules' },
  resume: { press: { verb: 'schedules' }, under: 'schedules' },
  runNow: { press: { verb: 'schedules' }, under: 'schedules' },
  unschedule: { press: { verb: 'schedules' }, under: 'schedules' },
  share: {},
  signIn: { press: { verb: 'signIn' }, alone: true },
  signOut: {},
  deleteMyData: { press: { verb: 'myData' }, alone: true },
  debug: { press: { verb: 'debug' }, alone: true },
  help: { press: { verb: 'help' } },
};

/** In the order in which the help names them, and in which they are looked for in what people write. */
export const commandNames = Object.keys(commands) as readonly CommandName[];

/** Those that the help and Teams list. */
export const listedCommands = commandNames.filter((name) => commands[name].under === undefined);

/** Those that Teams lists where others read along. */
export const listedForAll = listedCommands.filter((name) => commands[name].alone !== true);

export const commandsUnder = (listed: CommandName): readonly CommandName[] =>
  commandNames.filter((name) => commands[name].under === listed);

/** As people write it: “rename A to B”, and in the help what may stand behind it as well. */
export function saidAs({ commands: said }: Words, name: CommandName): string {
  const { word, takes }: { readonly word: string; readonly takes?: string } = said[name];
  return takes === undefined ? word : `${word} ${takes}`;
}

/** Behind them stands the name of what is exported. */
export const namingCommands = ['export', 'saveAs', 'rename', 'forget'] as const;
export type NamingCommand = (typeof namingCommands)[number];

/** Behind them stands the name of what is scheduled. */
export const schedulingCommands = ['schedule', 'pause', 'resume', 'runNow', 'unschedule'] as const;
export type SchedulingCommand = (typeof schedulingCommands)[number];

const withName: readonly CommandName[] = [...namingCommands, ...schedulingCommands];

export const takesName = (name: CommandName): boolean => withName.includes(name);
