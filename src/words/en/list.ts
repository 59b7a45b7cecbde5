/** Says in English what the list of somebody's exports says; how an export failed is said with its source. */
import { duration, number } from './phrasing/amounts.ts';
import type { RichText } from './phrasing/rich-text.ts';
import type { Offerings } from './sources/offerings.ts';

const aMinute = 60_000;

const ago = (from: Date, now: Date): string =>
  now.getTime() - from.getTime() < aMinute ? 'just now' : `${duration(from, now)} ago`;

export const listAbout = ({ any }: Offerings) => ({
  title: 'Your exports',
  none: `None yet. Paste ${any('link')}, and the first one appears here.`,
  newestFirst: 'Newest first. Press one to open it.',
  more: (left: number) => `… and ${number(left)} more, older than these.`,
  onlyYou: 'Only you see this list.',
  /** Those that only Microsoft Graph knows. */
  elsewhere: {
    title: 'More of your exports at Microsoft',
    about: 'Started elsewhere, or no longer watched by me.',
    signInNeeded: 'Microsoft may have exports of yours that I don’t know of. I need your sign-in to ask.',
    unavailable: 'I couldn’t reach Microsoft Graph just now, so some of your exports may be missing here.',
    notStarted: 'In line at Microsoft',
    running: 'Running',
    succeeded: 'Ready',
    failed: 'Failed',
    getFile: 'Get file',
  },
  waitingForSignIn: 'Waiting for your sign-in',
  waitingForAdministrator: 'Waiting for an administrator',
  expired: 'Expired',
  /** @param time as the reader's client writes it */
  asked: (time: string, at: Date, now: Date) => `${time} (${ago(at, now)})`,
  availableUntil: (date: string) => `available until ${date}`,
  /** Of what has neither a name nor a title: what stands at its top. */
  beginsWith: (title: string): RichText => ['Begins with “', { data: title }, '”'],
  toNewer: 'Newer',
  toOlder: 'Older',
  offer: {
    title: 'Press the button to see your exports',
    text: 'Press the button to see your exports. Only you will see them.',
    showMine: 'Show mine',
  },
});
