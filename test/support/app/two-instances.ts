/** Starts two instances of the app over one PostgreSQL behind one address; deliveries go to whichever runs, in turn. */
import type { App } from '../../../src/app.ts';
import type { AppWorld, AppWorldOptions } from './app-world.ts';
import { startAppWorld } from './app-world.ts';
import { postgresDatabase } from '../databases/postgres.ts';
import { testPort } from '../servers/test-port.ts';

export interface TwoInstances {
  readonly world: AppWorld;
  /** Stops one of them and starts it again; the other goes on alone meanwhile. */
  readonly restart: (which: 0 | 1) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startTwoInstances(options: AppWorldOptions = {}): Promise<TwoInstances> {
  const database = await postgresDatabase();
  const port = String(await testPort());
  const isUp = [true, true];
  const second = `http://127.0.0.1:${port}`;
  let deliveries = 0;
  const world = await startAppWorld({
    ...options,
    databaseUrl: database.url,
    deliverTo: () => {
      deliveries += 1;
      const wanted = deliveries % 2;
      const goesToSecond = isUp[wanted] === true ? wanted === 1 : wanted === 0;
      return goesToSecond ? second : undefined;
    },
  });
  let other: App = await world.join({ PORT: port });
  return {
    world,
    restart: async (which) => {
      isUp[which] = false;
      if (which === 0) await world.restart();
      else {
        await other.stop(5_000);
        other = await world.join({ PORT: port });
      }
      isUp[which] = true;
    },
    stop: async () => {
      await other.stop(5_000);
      await world.stop();
      await database.drop();
    },
  };
}
