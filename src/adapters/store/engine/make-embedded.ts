/** Runs as a process of its own: makes an empty embedded database in the folder that it is given. */
import { PGlite } from '@electric-sql/pglite';

const [folder = ''] = process.argv.slice(2);
const made = await PGlite.create(folder);
await made.close();
