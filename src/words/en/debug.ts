/** Says in English how the bot and somebody's things with it stand: what they quote when they ask for help. */
import { count } from './phrasing/amounts.ts';

const exportsOf = (amount: number): string => count(amount, 'export');

export const debug = {
  title: 'For whoever runs this bot',
  lead: 'Quote this when you ask for help. It holds nothing secret.',
  reference: 'Reference',
  at: 'Asked',
  since: 'Since',
  bot: 'Bot',
  /** @param database `embedded`, or PostgreSQL's name */
  versions: (bot: string, node: string, database: 'embedded' | 'postgres') =>
    `${bot}, Node ${node}, ${database === 'embedded' ? 'embedded database' : 'PostgreSQL'}`,
  signIn: 'Sign-in',
  signedIn: 'You are signed in.',
  notSignedIn: 'You are not signed in.',
  exports: 'Open',
  open: (open: number, waiting: number) =>
    waiting === 0
      ? exportsOf(open)
      : `${exportsOf(open)}, ${waiting === open ? 'waiting' : `${String(waiting)} of them waiting`} for your sign-in`,
  troubles: 'Your last errors',
  noTroubles: 'None of your exports has failed lately.',
  requestId: 'Request id',
};
