/** Faults of the way to the simulated Graph, before anybody there hears of the call. */
import type { FaultLink } from './fault-link.ts';

export const wayFaults: readonly FaultLink[] = [
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
