/** Runs as a process of its own: makes an empty embedded database in the folder that it is given. */
import { PGlite } from '@electric-sql/pglite';

const [dataDir = ''] = process.argv.slice(2);
// It is opened once, for which PGlite's own 128 MB of buffers would be taken.
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=4MB'];
const made = await PGlite.create({ dataDir, startParams });
await made.close();
