/** Runs as a process of its own: makes an empty embedded database in the folder that it is given, with `--migrated` of this version. */
import { MemoryFS, PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { copySparsely } from './sparse-copies.ts';

/** With `NodeFS` itself PGlite makes the files in memory, and an archive of them, which it unpacks into the folder. */
class Folder extends MemoryFS {
  readonly #root: string;

  constructor(root: string) {
    super();
    this.#root = root;
  }

  override async init(...given: Parameters<MemoryFS['init']>): ReturnType<MemoryFS['init']> {
    await super.init(...given);
    return await new NodeFS(this.#root).init(...given);
  }
}

const [dataDir = '', ...wishes] = process.argv.slice(2);
// It is opened once, for which PGlite's own 128 MB of buffers would be taken, and as many by initdb before.
const few = ['-c', 'shared_buffers=4MB', '-c', 'max_connections=5'];
copySparsely(64 * 2 ** 20);
const made = await PGlite.create({
  fs: new Folder(dataDir),
  startParams: [...PGlite.defaultStartParams, ...few],
  initDbStartParams: few,
});
// Otherwise whoever opens it does that as fast.
if (wishes.includes('--migrated')) {
  const { Kysely, PGliteDialect } = await import('kysely');
  const { migrate } = await import('../migrations/migrations.ts');
  await migrate(new Kysely({ dialect: new PGliteDialect({ pglite: made }) }));
}
await made.close();
