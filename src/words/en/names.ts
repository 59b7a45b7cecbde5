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
  lead: 'Press Export, or write “export” and the name.',
  none: {
    lead: 'You have not named anything yet.',
    how: `Write “save as” and a name below the card of an export, or together with ${any('link')}. From then on “export” and the name is enough.`,
  },
  more: (left: number) => `… and ${count(left, 'more name', 'more names')}. Write “export” and the name.`,
  nameless: 'Lately exported, without a name',
  onlyYou: 'Only you see these names.',
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
