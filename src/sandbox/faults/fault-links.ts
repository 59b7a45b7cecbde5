/** Lists every row of the fault table, in its order: those that a link can call up, and those that none can. */
import { contentFaults } from './content-faults.ts';
import { entraFaults } from './entra-faults.ts';
import type { FaultId, FaultLink } from './fault-link.ts';
import { lookFaults } from './look-faults.ts';
import { planFaults } from './plan-faults.ts';
import { startFaults } from './start-faults.ts';
import { teamsFaults } from './teams-faults.ts';

const letters = 'GTECSP';

/** The order of the table. */
const byRow = (a: { readonly id: FaultId }, b: { readonly id: FaultId }): number =>
  letters.indexOf(a.id.charAt(0)) - letters.indexOf(b.id.charAt(0)) ||
  Number(a.id.slice(1)) - Number(b.id.slice(1));

/** Faults of the way to the simulated Graph, before anybody there hears of the call. */
const wayFaults: readonly FaultLink[] = [
  {
    id: 'T1',
    what: 'Graph’s name cannot be resolved, at the first two tries.',
    see: 'Nothing: the card stays at “Starting…”, and some seconds later the export goes on.',
    play: () => ({ way: { astray: 'unknownName', times: 2 } }),
  },
  {
    id: 'T2',
    what: 'The connection to Graph cannot be trusted, at the first try.',
    see: '“I can’t reach Microsoft securely, so nothing was sent this time”. Half a minute later the bot tries again, and the export goes on. Everybody’s exports wait until then.',
    play: () => ({ way: { astray: 'noTls', times: 1 } }),
  },
  {
    id: 'T3',
    what: 'Graph refuses the connection, at the first two tries.',
    see: 'Nothing: the card stays at “Starting…”, and some seconds later the export goes on.',
    play: () => ({ way: { astray: 'closedPort', times: 2 } }),
  },
];

export const faultLinks: readonly FaultLink[] = [
  ...startFaults,
  ...lookFaults,
  ...contentFaults,
  ...wayFaults,
  ...entraFaults,
  ...teamsFaults,
  ...planFaults,
].toSorted(byRow);

/** Rows that no link can play, and why; some can be tried by hand. */
export type NotByLink = Readonly<{ id: FaultId; what: string; why: string }>;

export const notByLink: readonly NotByLink[] = [
  {
    id: 'E3',
    what: 'The token that Teams hands over silently is bad or out of time.',
    why: 'The chat of this sandbox hands over no such tokens; it signs in with the button.',
  },
  {
    id: 'S1',
    what: 'The database is gone, read-only or full.',
    why: 'The embedded database lives inside the bot.',
  },
  {
    id: 'S2',
    what: 'A second bot starts on the same embedded database.',
    why: 'Try it: start the sandbox once more with the same SANDBOX_DIR, and it refuses.',
  },
  {
    id: 'S3',
    what: 'The encryption key is lost.',
    why: 'Try it: stop, change encryptionKey in secrets.json of the sandbox’s folder (base64 of 32 bytes), start again: the bot asks you to sign in, and exports go on.',
  },
  {
    id: 'S4',
    what: 'The bot is killed.',
    why: 'Try it: kill the process while an export runs (not Ctrl-C, which stops in an orderly way), and start again.',
  },
  {
    id: 'S5',
    what: 'One export kills the bot each time.',
    why: 'No answer that a simulator gives kills the bot.',
  },
];

/** Limits of the bot with which nobody who tries every fault, and some twice, is stopped half-way. */
export const roomForTheTour = { LIMIT_OPEN_PER_USER: '100', LIMIT_DAILY_PER_USER: '1000' } as const;
