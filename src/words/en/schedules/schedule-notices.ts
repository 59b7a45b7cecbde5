/** Says in English what became of a schedule while nobody was looking; times come plain, and stand as they are. */
import type { EndCause, PauseCause } from '../../../domain/schedules/schedule.ts';

interface Said {
  readonly title: string;
  readonly lead: string;
}

const byName = 'Write schedules to see yours, and resume with its name to go on.';

const paused: Readonly<Record<PauseCause, Said>> = {
  person: { title: 'The schedule is paused', lead: byName },
  failures: {
    title: 'I paused a schedule',
    lead: `Its last three runs ended without a file. Export it yourself to see why. ${byName}`,
  },
  noAccess: {
    title: 'I paused a schedule',
    lead: `Microsoft says that its owner may not see this any more. Ask for access first. ${byName}`,
  },
  retired: {
    title: 'I paused a schedule',
    lead: `The service that it comes from does not answer for this organisation any more. ${byName}`,
  },
  archived: {
    title: 'I paused a schedule',
    lead: 'Its team is archived, where nobody can post. It goes on by itself when the team is active again.',
  },
  signedOut: {
    title: 'I paused a schedule',
    lead: 'Its owner is not signed in, and three runs were left out. It goes on by itself after the next sign-in.',
  },
};

const untilResumed = 'Nothing is posted here until its owner goes on with it.';

/** To those who see it: only its owner goes on with it. */
const whyPausedHere: Readonly<Record<PauseCause, string>> = {
  person: untilResumed,
  failures: `Its last three runs ended without a file. ${untilResumed}`,
  noAccess: `Microsoft says that its owner may not see this any more. ${untilResumed}`,
  retired: `The service that it comes from does not answer for this organisation any more. ${untilResumed}`,
  archived: 'This team is archived. It goes on by itself when the team is active again.',
  signedOut: 'Its owner is not signed in. It goes on by itself after their next sign-in.',
};

const pausedHere = (why: PauseCause): Said => ({ title: 'A summary is paused', lead: whyPausedHere[why] });

const ended: Readonly<Record<EndCause, Said>> = {
  person: { title: 'A schedule has ended', lead: 'Its owner ended it.' },
  over: { title: 'A schedule has ended', lead: 'Its last day is over. Set it up again to go on.' },
  teamOwner: { title: 'A schedule has ended', lead: 'An owner of the team ended it.' },
  ownerLeft: { title: 'A schedule has ended', lead: 'Its owner is not here any more.' },
  noAccess: {
    title: 'A schedule has ended',
    lead: 'Microsoft says that its owner may not see this any more.',
  },
  signedOut: { title: 'A schedule has ended', lead: 'Its owner has signed out.' },
  botRemoved: { title: 'A schedule has ended', lead: 'I am not in its conversation any more.' },
};

export const scheduleNotices = {
  paused,
  pausedHere,
  ended,
  skipped: (when: string) => ({
    title: 'I left a run out',
    lead: `The run of ${when} waited a day for a sign-in. The schedule goes on; sign in, and the next run comes.`,
  }),
  endsSoon: (day: string) => ({
    title: 'A schedule ends soon',
    lead: `Its last day is ${day}. Press Extend to go on for three more months.`,
  }),
  owner: 'Set up by',
};
