/** Says in English what the card of a sent file says, and why a file is not taken. */
import type { OtherKind } from '../../domain/okrs/file/okr-file.ts';
import type { NotTakenCause, OwnFileLimits } from '../../domain/own-files/own-file.ts';
import { form, number } from './phrasing/amounts.ts';

const iRead = ({ megabytes, rows }: OwnFileLimits): string =>
  `I read Viva Goals exports as CSV or Excel (.xlsx), up to ${number(megabytes)} MB and ${number(rows)} rows.`;

/** @param files how many the sentence speaks of */
type WordsOfKind = (
  limits: OwnFileLimits,
  files: number,
) => { readonly title: string; readonly lead: string };

/** How each kind of file becomes one that can be read. */
const otherKinds: Readonly<Record<OtherKind, WordsOfKind>> = {
  archive: () => ({
    title: 'I can’t look into archives',
    lead: 'Please unpack the archive and send me the CSV or Excel (.xlsx) file inside.',
  }),
  numbers: () => ({
    title: 'I can’t read Numbers files',
    lead: 'In Numbers, choose File > Export To > CSV or Excel, and send me that file.',
  }),
  otherSpreadsheet: () => ({
    title: 'I can’t read this kind of spreadsheet',
    lead: 'Please open the spreadsheet in the program that made it, save it as .xlsx or CSV, and send me that file.',
  }),
  notATable: (limits, files) => ({
    title: form(files, 'I can’t read this kind of file', 'I can’t read these kinds of files'),
    lead: iRead(limits),
  }),
};

const notTaken: Readonly<Record<Exclude<NotTakenCause, OtherKind>, WordsOfKind>> = {
  linkTooOld: () => ({
    title: 'Please send the file again',
    lead: 'Teams lets me fetch a file for a few minutes only, and they were over before I could.',
  }),
  hostNotAllowed: () => ({
    title: 'I can’t take this file',
    lead: 'It is kept in a place that I may not fetch files from. Save it to your OneDrive and send it from there, or ask whoever runs this bot.',
  }),
  redirected: () => ({
    title: 'I couldn’t fetch your file',
    lead: 'Teams’ link to it leads on to another place, which I don’t follow. Please send the file again. If that does not help, save it to your OneDrive and send it from there.',
  }),
  empty: () => ({
    title: 'This file is empty',
    lead: 'There is nothing in it. Please send me a copy that has rows.',
  }),
  tooLarge: ({ megabytes }) => ({
    title: 'This file is too large for me',
    lead: `I take files of up to ${number(megabytes)} MB. Export fewer columns or a smaller view, and send that.`,
  }),
  unreachable: () => ({
    title: 'I couldn’t fetch your file',
    lead: 'Teams did not hand it over. Please send it once more in a minute.',
  }),
};

export const ownFiles = {
  /** What a notification shows, and what is read out. */
  yourFile: (title: string) => `Your file: ${title}`,
  received: { title: 'Got your file', lead: 'I’m fetching it. The answer will appear here.' },
  reading: { title: 'Reading your file', lead: 'The answer will appear here.' },
  read: 'Here is what your file says',
  unread: 'I could not summarise this file',
  iRead,
  details: 'Details',
  facts: { name: 'Name', file: 'File', received: 'Received', kept: 'Kept' },
  types: { csv: 'CSV', xlsx: 'Excel' },
  keptUntil: (time: string) => `until ${time}`,
  notTaken: { ...notTaken, ...otherKinds },
  leftOut: (files: number, most: number) => ({
    title: `I left out ${form(files, 'one file', `${number(files)} files`)}`,
    lead: `I take ${number(most)} files from one message. Please send the rest again in a new one.`,
  }),
};
