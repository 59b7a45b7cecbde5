/** Says in English what is said of a subscription: to whoever sets it up, to those who see it, and to who may end it. */
import { count, form, number } from '../phrasing/amounts.ts';

function audience(others: number | undefined): string {
  if (others === undefined) return 'Everybody here will see the summary of what you may see';
  if (others === 0) return 'Nobody else is here yet. Whoever joins will see the summary of what you may see';
  return `${number(others)} ${form(others, 'other person', 'other people')} will see the summary of what you may see`;
}

const question = {
  summary: 'Post it here regularly?',
  title: audience,
  what: 'I will read it as you, and post the counts, what needs attention with titles and owners, and what changed. Never the file.',
  ends: 'It ends when you say so, leave, sign out, or may not see it any more. Anybody here may ask you for a pause.',
  teamOwner: 'An owner of this team can end it as well.',
  onlyThey: (name: string) => `Only ${name} can answer. Nothing is posted before.`,
};

/** To the person who pressed, and nobody else. */
const answers = {
  accepted: 'Done. Everybody here is told now.',
  declined: 'All right, nothing is posted here.',
  notYours: 'Only the person who asked for it can answer this.',
  setUpAlready: 'You have said yes already. Press About this below to pause or end it.',
  over: 'This has ended, or was never set up.',
  neverRuns: 'Its last day is over before it would run. Set it up again with a later one.',
  tooMany: (max: number, of: 'person' | 'tenant') =>
    of === 'person'
      ? `You have ${count(max, 'schedule')}, and that is the limit. End one that you no longer need.`
      : `Your organisation has ${count(max, 'schedule')}, and that is the limit.`,
  asked: 'I have told its owner that you ask for a pause.',
  askedAlready: 'You have asked today already. Its owner knows.',
  isPaused: 'It is paused at the moment: nothing is posted.',
  ended: 'I have ended it, and tell everybody here.',
  notAllowed: 'Only whoever set it up, or an owner of the team, can end it. You can ask for a pause.',
};

export const subscriptions = {
  question,
  answers,
  rows: {
    what: 'What',
    when: 'When',
    until: 'Until',
    by: 'Set up by',
    next: 'Next',
    paused: 'Paused',
    pausedSince: (since: string) => `since ${since}`,
  },
  setUp: {
    title: 'From now on I post this here',
    lead: 'The summary and what changed, as the person sees it who set it up. Never the file.',
  },
  posted: (when: string, name: string) => `${when}, set up by ${name}`,
  about: {
    title: 'Posted here regularly',
    yours: 'You set this up. Nobody else sees this card.',
    teamOwner: 'You own this team, so you can end it. Nobody else sees this card.',
    member: 'You can ask its owner for a pause. Nobody else sees this card.',
  },
  here: {
    title: (amount: number) => `${count(amount, 'summary', 'summaries')} posted here regularly`,
    lead: 'Press a button to see more. Only you will see the answer.',
    more: (left: number) => `… and ${number(left)} more.`,
    mine: 'For your own, write “schedules” to me in our personal chat.',
    heading: (nth: number) => `Summary ${number(nth)}`,
    nth: (nth: number) => `About ${number(nth)}`,
  },
  pauseAsked: {
    title: (name: string) => `${name} asks for a pause`,
    lead: 'It is about a summary that I post in a group or channel for you. Nothing changes unless you pause it.',
  },
  over: {
    title: 'A summary is not posted here any more',
    lead: 'Whoever set it up had their data deleted.',
  },
};
