/** Fuzzes the bot as the channel reaches it: recorded activities with parts changed, through HTTP, with good tokens. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { startBotFloor } from '../../support/bot/bot-floor.ts';
import { startLoopbackChannel } from '../../support/bot/loopback-channel.ts';
import type { LogLine } from '../../support/surroundings/quiet.ts';
import { slowFuzzTarget, type FuzzTarget } from '../fuzz-target.ts';
import { mutated } from '../mutations.ts';

type Activity = Readonly<Record<string, unknown>>;

const scenarios = path.resolve(import.meta.dirname, '..', '..', 'scenarios');

/** What Teams was recorded sending, each kind of it once or twice. */
const recorded: readonly Activity[] = globSync('*/activities.json', { cwd: scenarios })
  .toSorted()
  .flatMap(
    (file) => JSON.parse(readFileSync(path.join(scenarios, file), 'utf8')) as { activity?: Activity }[],
  )
  .flatMap(({ activity }) => (activity === undefined ? [] : [activity]));

const recordedTenant = '7f1c3a52-5b0e-4c3a-9d57-2f6f0b7a1e01';

/** Nothing but these: no fault of the bot's own, whatever came. 431: Node's, to a token of a service URL of 16 KB. */
const answers: ReadonlySet<number> = new Set([200, 400, 401, 403, 404, 412, 431, 501]);

/** That many requests are refused is told as an error, too. */
const isFaultOfOurs = ({ level, fields }: LogLine): boolean => level === 'error' && !('refused' in fields);

/** As the run calls them that the recording left open. */
function withPlaces(activity: Activity, known: Readonly<Record<string, string>>): Activity {
  const text = JSON.stringify(activity)
    .replaceAll(recordedTenant, known['tenantId'] ?? recordedTenant)
    .replace(/\{\{(\w+)\}\}/g, (all, name: string) => known[name] ?? all);
  return JSON.parse(text) as Activity;
}

const bot = slowFuzzTarget(
  { name: 'activities and invokes', share: 12_000, input: mutated(recorded) },
  async () => {
    const channel = await startLoopbackChannel();
    const floor = await startBotFloor(channel);
    return {
      holds: async (activity) => {
        const placed = withPlaces(activity, {
          serviceUrl: channel.serviceUrl,
          botId: floor.botId,
          tenantId: floor.tenantId,
        });
        const before = floor.lines.length;
        const { status, text } = await floor.deliver({ ...placed, id: String(Math.random()) });
        assert.ok(answers.has(status), `${String(status)} ${text}`);
        const broken = floor.lines.slice(before).filter(isFaultOfOurs);
        assert.deepEqual(broken, [], inspect(broken, { depth: 6 }));
        assert.doesNotMatch(text, /\bat .+:\d+:\d+|TypeError|Invalid Date/);
      },
      close: async () => {
        await floor.stop();
        await channel.stop();
      },
    };
  },
);

export const botTargets: readonly FuzzTarget[] = [bot];
