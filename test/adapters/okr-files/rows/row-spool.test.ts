/** Rows kept on disk come back as they were, one after the other or by their place. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openScratchFile } from '../../../../src/adapters/okr-files/worker/scratch-file.ts';
import { createSpool } from '../../../../src/adapters/okr-files/rows/row-spool.ts';

describe('rows kept on disk', () => {
  it('come back as they were, in any order, from a file without a name', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'row-spool-'));
    await using file = await openScratchFile(path.join(folder, 'rows'));
    assert.deepEqual(await readdir(folder), []);
    await rm(folder, { recursive: true });
    const values = Array.from({ length: 3_000 }, (_, nth) => ({
      nth,
      text: `é\n\u2028\u2029\r"${'x'.repeat(nth % 90)}`,
    }));
    const spool = createSpool<(typeof values)[number]>(file, 2_000);
    for (const value of values) await spool.add(value);
    await spool.close();
    const all: unknown[] = [];
    for await (const value of spool.all()) all.push(value);
    assert.deepEqual(all, values);
    const places = [1_999, 0, 7, 7];
    const some: unknown[] = [];
    for await (const value of spool.some(places)) some.push(value);
    assert.deepEqual(
      some,
      places.map((place) => values[place]),
    );
  });
});
