/** Says in English what is said of the names that people give to views and plans. */
import { count } from './phrasing/amounts.ts';
import { strong, type RichText } from './phrasing/rich-text.ts';
import type { Offerings } from './sources/offerings.ts';

const quoted = (name: string): RichText => ['“', { data: name }, '”'];

const offer = {
  summary: 'Press the button to see your names',
  text: 'Press the button to see your names. Only you will see them.',
  button: 'Show mine',
};

const form = {
  summary: 'What do you call it?',
  lead: 'Only you see this name. You can write “export” and the name to get it again.',
  label: 'Name',
  example: 'Q3 sales',
  missing: 'Write a name first.',
  save: 'Save',
  cancel: 'Cancel',
};

const named = {
  summary: 'Named',
  text: (name: string): RichText => [
    'Done. Write ',
    strong('export '),
    { data: name },
    ' to get it again, whenever you like.',
  ],
};

const renamed = {
  summary: 'Renamed',
  text: (before: string, name: string): RichText => [
    ...quoted(before),
    ' is called ',
    ...quoted(name),
    ' from now on.',
  ],
};

const forgotten = {
  summary: 'Forgotten',
  text: (name: string): RichText => [
    'I have forgotten the name ',
    ...quoted(name),
    '. Its exports are still there.',
  ],
};

const unknown = {
  summary: 'I don’t know that name',
  /** @param hasNames they have given some */
  text: (name: string, hasNames: boolean): RichText => [
    'You have given nothing the name ',
    ...quoted(name),
    hasNames ? '. Did you mean one of these?' : '.',
  ],
};

export const namesAbout = ({ any }: Offerings) => ({
  title: 'What you have named',
  lead: 'Press one to export, schedule, rename or forget it, or write “export” and the name.',
  howToExport: 'Write “export” and the name to get it without this card.',
  back: 'Back to the names',
  open: (name: string) => `Open ${name}`,
  none: {
    lead: 'You have not named anything yet.',
    how: `Write “save as” and a name below the card of an export, or together with ${any('link')}. From then on “export” and the name is enough.`,
  },
  more: (left: number) => `… and ${count(left, 'more name', 'more names')}. Write “export” and the name.`,
  nameless: 'Lately exported, without a name',
  pressToName: 'Press one to name it.',
  /** @param thing "Export of view e5e7a3c1" */
  nameOf: (thing: string) => `Name it: ${thing}`,
  onlyYou: 'Only you see your own names.',
  notNamed: {
    nothingToSay: 'A name needs at least one letter or number.',
    noName: 'Write the name behind “save as”, such as: save as Q3 sales',
    tooLong: (max: number) => `That name is too long: ${max} characters are the most. Try a shorter one.`,
    tooMany: (max: number) =>
      `You have ${max} names, and that is the limit. Say “views”, and forget one that you no longer need.`,
    nothingThere: `I see no export of yours in this conversation. Write “save as”, the name, and ${any('link')} in one message.`,
    noNewName: 'Write “rename”, the name, “to” and the new name, such as: rename Q3 sales to Q4 sales',
    takenInForm: 'You call something else that already. Take another name.',
    oneAtATime: 'A name is for one link. Send me one link and its name in a message.',
    summary: 'Not named',
    taken: (name: string): RichText => [
      'You call something else ',
      ...quoted(name),
      '. Take another name, or rename that one first.',
    ],
  },
  offer,
  form,
  named,
  renamed,
  forgotten,
  unknown,
});

const places = { channel: 'channel', groupChat: 'chat' };
type PlaceKind = keyof typeof places;

/** Of those that they give to everybody in a group or channel. */
export const sharedNames = {
  question: {
    summary: 'Named. For everybody here, too?',
    title: (place: PlaceKind) => `Give this name to this ${places[place]}?`,
    text: 'Everybody here will see the name and the link; what it says only who may see it.',
    untilThen: 'Until you say yes, the name is yours alone.',
  },
  /** It cannot be asked whether to: it stands for something else here. */
  alreadyOther: (giver: string): RichText => [
    { data: giver },
    ' has given that name to something else here. For you, yours comes first.',
  ],
  alreadySame: 'Everybody here has this name already.',
  given: {
    summary: (name: string) => `A name for everybody here: ${name}`,
    text: (giver: string, name: string): RichText => [
      { data: giver },
      ' calls this ',
      ...quoted(name),
      '. Mention me with ',
      strong('export '),
      { data: name },
      ' to get it for yourself, if you may see it.',
    ],
    goesWith: 'The name goes when they forget it or delete their data, and when I am removed from here.',
  },
  notShared: {
    summary: 'Not a name for everybody here',
    text: 'This name is not for everybody here.',
  },
  list: {
    title: 'Names for everybody here',
    lead: 'Press “Export it for me”, or mention me with “export” and the name. You get what you may see.',
    givenBy: (giver: string): RichText => ['Given by ', { data: giver }],
    more: (left: number) =>
      `… and ${count(left, 'more name', 'more names')}. Mention me with “export” and the name.`,
    mine: 'Show mine',
  },
  unknown: (name: string, hasNear: boolean): RichText => [
    'Neither you nor anybody here has given the name ',
    ...quoted(name),
    hasNear ? '. Did you mean one of these?' : '.',
  ],
  notGiven: {
    summary: 'Not given to everybody here',
    notYours:
      'Only whoever wrote that can answer. Mention me with “save as” and a name to give one of your own.',
    taken: (giver: string, name: string): RichText => [
      { data: giver },
      ' has given the name ',
      ...quoted(name),
      ' to something else here. Take another name.',
    ],
    tooMany: (max: number) =>
      `There are ${count(max, 'name')} here, and that is the limit. Forget one that nobody needs any more.`,
  },
  form: {
    lead: 'Everybody here sees this name, and can export by it what they may see.',
    takenInForm: 'Something else here is called so already. Take another name.',
  },
  kept: (name: string): RichText => [
    'Done. ',
    ...quoted(name),
    ' is yours alone. Write ',
    strong('export '),
    { data: name },
    ' to get it again.',
  ],
  renamed: (before: string, name: string): RichText => [
    'Everybody here calls ',
    ...quoted(before),
    ' now ',
    ...quoted(name),
    '.',
  ],
  /** @param isTheirs whoever asked has the same name for themselves */
  forgotten: (name: string, isTheirs: boolean): RichText => [
    'Nobody else here can export by the name ',
    ...quoted(name),
    isTheirs ? ' any more. It is still yours: say “forget” once more if you do not need it.' : ' any more.',
  ],
  notTheirs: {
    summary: 'Not changed',
    text: (giver: string, name: string): RichText => [
      { data: giver },
      ' has given the name ',
      ...quoted(name),
      ' here. Only they, or an owner of the team, can change or forget it.',
    ],
  },
};
