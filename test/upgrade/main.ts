/** `npm run rehearse-upgrade [-- --from REF --seconds 8]`: from an older release to this one under load, and what became of each link. */
import { parseArgs } from 'node:util';
import { defaultRef, makeOlderRelease, migrationsAt } from './older-release.ts';
import { rehearse } from './rehearse.ts';
import { breachesOf } from './verdict.ts';

const { values } = parseArgs({
  options: { from: { type: 'string' }, seconds: { type: 'string', default: '8' } },
});
const began = Date.now();
const say = (line: string): void =>
  void process.stdout.write(`${((Date.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${line}\n`);

const ref = values.from ?? defaultRef();
say(`making the release at ${ref}`);
const older = makeOlderRelease(ref);
try {
  const known = new Set(migrationsAt(older.commit));
  const between = migrationsAt('HEAD').filter((name) => !known.has(name));
  say(`${older.commit}; migrations between: ${between.join(', ') || 'none'}`);
  const seen = await rehearse({ olderFolder: older.folder, seconds: Number(values.seconds) }, say);
  const [alone, both, after] = seen.phases;
  say(`links: ${alone} with the older release, ${both} with both, ${after} with today’s`);
  const breaches = breachesOf(seen);
  for (const breach of breaches) say(`BROKEN: ${breach}`);
  say(
    breaches.length === 0 ? 'Each link has one card and one job; none is lost.' : 'The upgrade is not safe.',
  );
  process.exitCode = breaches.length === 0 ? 0 : 1;
} finally {
  older.remove();
}
