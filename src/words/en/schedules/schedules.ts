/** Says in English what is said of schedules where somebody asked: set up, listed, changed, asked for, refused. */
import type { PauseCause, RunOutcome } from '../../../domain/schedules/schedule.ts';
import { count, form } from '../phrasing/amounts.ts';
import { strong, type RichText } from '../phrasing/rich-text.ts';
import { timing } from './timing.ts';
import type { Offerings } from '../sources/offerings.ts';

const quoted = (name: string): RichText => ['“', { data: name }, '”'];

const example = 'schedule Q3 sales mondays 9:00';

const paused: Readonly<Record<PauseCause, string>> = {
  person: 'Paused by you.',
  failures:
    'Paused: its last three runs ended without a file. Export it yourself to see why, then resume it.',
  noAccess: 'Paused: you may not see this any more. Ask for access, then resume it.',
  retired: 'Paused: the service that it comes from does not answer for your organisation any more.',
  archived: 'Paused: its team is archived. It goes on by itself when the team is active again.',
  signedOut: 'Paused: you are not signed in. It goes on after your next sign-in.',
};

/** @param when as the reader's client writes it */
const lastRun: Readonly<Record<RunOutcome, (when: string) => string>> = {
  underWay: (when) => `${when}: running.`,
  waitingForSignIn: (when) => `${when}: waiting for your sign-in.`,
  posted: (when) => `${when}: posted.`,
  notMet: (when) => `${when}: nothing to tell, so nothing was posted.`,
  skipped: (when) => `${when}: left out, because nobody signed in for a day.`,
  failed: (when) => `${when}: failed.`,
};

/** By the condition that was not met. */
const notMet = {
  ifChanged: (when: string) => `${when}: nothing had changed, nothing was posted.`,
  ifAtRisk: (when: string) => `${when}: nothing was at risk or late, nothing was posted.`,
};

const conditions = {
  always: 'Always',
  ifChanged: 'Only if something changed',
  ifAtRisk: 'Only if something is at risk or late',
};

const problems = {
  time: (written: string): RichText => [...quoted(written), ' is no time of day.'],
  dayOfMonth: (written: string): RichText => [...quoted(written), ' is no day of a month: 1 to 31.'],
  lastDay: (written: string): RichText => [
    'I don’t understand the date ',
    ...quoted(written),
    '. Try “until 24 December”.',
  ],
  past: (written: string): RichText => [...quoted(written), ' is over already.'],
  conditions: (): RichText => ['One condition at a time: if changed, or if at risk.'],
  unclear: (written: string): RichText => ['I don’t understand ', ...quoted(written), '.'],
  /** Parts of a form that were left empty. */
  what: (): RichText => ['Choose what to export.'],
  days: (): RichText => ['Choose the days.'],
  at: (): RichText => ['Choose a time.'],
  zone: (): RichText => ['Choose your time zone.'],
  neverRuns: (): RichText => ['It would end before its first run. Choose a later last day.'],
};

const scheduleForm = {
  summary: 'When should I export it?',
  lead: 'I export it as you, and post the answer here.',
  what: 'What',
  days: 'On which days',
  at: 'Time',
  condition: 'Post it',
  until: 'Until',
  untilHint: 'Left empty: for three months.',
  zone: 'Where are you?',
  zoneLead: 'Teams did not tell me your time zone. Write a city near you and choose. I ask this once.',
  everyDay: 'Every day',
  weekdays: 'Every weekday',
  weekly: (days: string) => `Every ${days}`,
  monthly: (day: number) => (day === 31 ? 'The last day of every month' : `Every month on day ${day}`),
  conditions,
  choose: 'Choose',
  missing: 'This is needed.',
  save: 'Schedule it',
  cancel: 'Cancel',
};

const asked = {
  set: {
    title: 'Scheduled',
    lead: 'I export it as you, and post the answer here. One message a run.',
  },
  now: {
    active: 'Scheduled',
    paused: 'Schedule paused',
    ended: 'Schedule ended',
    endedLead: 'Its exports are still there.',
    running: 'Running now',
    runningLead: 'The answer comes here in a message of its own.',
    over: 'Its last day is over',
    overLead: 'Press Extend for three more months.',
  },
  rows: {
    when: 'When',
    next: 'Next run',
    until: 'Until',
    zone: 'Time zone',
    last: 'Last run',
  },
};

const refused = {
  unknown: {
    summary: 'I don’t know that name',
    text: (name: string, hasNear: boolean): RichText => [
      'You have given nothing the name ',
      ...quoted(name),
      hasNear
        ? '. Did you mean one of these?'
        : '. Name an export with “save as”, or send its link behind “schedule”.',
    ],
  },
  notUnderstood: 'I don’t understand when',
  notScheduled: {
    summary: 'Not scheduled',
    text: (name: string): RichText => ['Nothing called ', ...quoted(name), ' is scheduled.'],
  },
  gone: 'That schedule is not there any more. Write “schedules” to see yours.',
  notFound: 'I can’t find that export any more. Export it once more, then schedule it.',
  tooMany: {
    person: (max: number) =>
      `You have ${count(max, 'schedule')}, and that is the limit. Write “schedules” and end one that you no longer need.`,
    tenant: (max: number) =>
      `Your organisation has ${count(max, 'schedule')}, and that is the limit. Ask whoever runs this bot.`,
  },
  neverRuns: 'It would end before its first run. Choose a later last day.',
  nothingHere: 'I see no export of yours here. Write “schedule” with its name or link and when.',
  whenLink: `When? Write it behind the link, such as: schedule, the link, mondays 9:00`,
  oneAtATime: 'A schedule is for one link. Send me one link and when to export it.',
  zoneFirst:
    'Teams did not tell me your time zone. Schedule something by its name in our personal chat first: I ask there, once.',
  onlyInPersonal:
    'Write “schedule”, the name and when in one message, such as: schedule Q3 sales mondays 9:00',
  underWay: 'It is running already. The answer comes in a message of its own.',
};

export const schedulesAbout = ({ any }: Offerings) => ({
  example,
  ...asked,
  ...refused,
  /** @param wrote what is said of it */
  tryThis: (wrote: RichText): RichText => [...wrote, ' Such as: ', strong(example)],
  when: (said: string) => said.charAt(0).toUpperCase() + said.slice(1),
  paused,
  lastRun,
  notMet,
  next: (when: string) => `Next: ${when}`,
  open: (name: string) => `Open ${name}`,
  list: {
    title: 'Your schedules',
    lead: 'The next to run comes first. Open one to pause, run or end it.',
    which: 'Which one do you mean?',
    none: 'You have no schedules yet.',
    how: `Write “${example}”, or press Schedule it below an export. A name is given with “save as”; ${any('link')} in the same message does as well.`,
    more: (left: number) =>
      `… and ${count(left, 'more schedule', 'more schedules')}. Write “pause”, “run now” or “unschedule” and the name.`,
  },
  form: scheduleForm,
  problems,
  shortMonths: timing.shortMonths,
  failedRuns: (failures: number) =>
    `The last ${count(failures, 'run')} ${form(failures, 'has', 'have')} failed. After three I pause it.`,
});
