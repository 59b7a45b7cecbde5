/** Leads the bot's calls to the simulated Graph, but for the first starts of some views, which end where no Graph is. */
import { freePort } from './free-port.ts';

export type Astray = 'unknownName' | 'closedPort' | 'noTls';

export type WayToGraph = Readonly<{
  /** For the bot, in place of Node's own. */
  fetch: typeof fetch;
  /** So many starts of the view go astray, the next one does not, and so on. */
  mislead: (explorerViewId: string, astray: Astray, times: number) => void;
}>;

export const createWayToGraph = (): WayToGraph => {
  const misled = new Map<string, { readonly astray: Astray; readonly times: number; starts: number }>();
  const astrayOf = (body: string): Astray | undefined => {
    const found = [...misled].find(([view]) => body.includes(view))?.[1];
    if (found === undefined) return undefined;
    found.starts += 1;
    return (found.starts - 1) % (found.times + 1) < found.times ? found.astray : undefined;
  };
  return {
    fetch: async (input, init) => {
      const body = init?.body;
      if (typeof input !== 'string' || typeof body !== 'string') return fetch(input, init);
      const astray = astrayOf(body);
      return fetch(astray === undefined ? input : await elsewhere(input, astray), init);
    },
    mislead: (view, astray, times) => void misled.set(view, { astray, times, starts: 0 }),
  };
};

async function elsewhere(address: string, astray: Astray): Promise<URL> {
  const url = new URL(address);
  switch (astray) {
    case 'unknownName':
      // Never given to anybody: RFC 2606.
      url.hostname = 'graph.invalid';
      break;
    case 'closedPort':
      url.port = String(await freePort(0));
      break;
    case 'noTls':
      url.protocol = 'https:';
  }
  return url;
}
