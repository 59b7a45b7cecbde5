/** Unpacks the parts of a zip archive, piece by piece and never further than allowed. */
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { Unreadable } from '../table/text-table.ts';

/** A workbook has some dozens of parts; pictures and comments make it some hundreds. */
const maxEntries = 2_000;

/** Names are those of parts (ECMA-376 part 2, 6.2.2.3): the case of ASCII letters and percent-encoding make no difference. */
export interface ZipArchive {
  readonly has: (name: string) => boolean;
  /** @throws Unreadable `unpacksTooLarge` by what really comes out, over all parts together; `damaged`; `encrypted` */
  readonly unpack: (name: string) => AsyncGenerator<Uint8Array, void, undefined>;
}

/** @throws Unreadable when it is no zip archive that can be read */
export async function openArchive(bytes: Buffer, maxUnpackedBytes: number): Promise<ZipArchive> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true }).catch(damaged);
  if (zip.entryCount > maxEntries) throw new Unreadable('unpacksTooLarge');
  const entries = await entriesOf(zip);
  let unpacked = 0;
  return {
    has: (name) => entries.has(alike(name)),
    async *unpack(name) {
      const entry = entries.get(alike(name));
      if (entry === undefined) throw new Unreadable('damaged');
      if (entry.isEncrypted()) throw new Unreadable('encrypted');
      const stream = await zip.openReadStreamPromise(entry).catch(damaged);
      try {
        for await (const piece of stream) {
          unpacked += (piece as Uint8Array).length;
          if (unpacked > maxUnpackedBytes) throw new Unreadable('unpacksTooLarge');
          yield piece as Uint8Array;
        }
      } catch (error) {
        throw error instanceof Unreadable ? error : new Unreadable('damaged', { cause: error });
      }
    },
  };
}

/** Of two parts with one name the first counts. */
async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      const name = alike(entry.fileName);
      if (!entries.has(name)) entries.set(name, entry);
    }
  } catch (error) {
    throw new Unreadable('damaged', { cause: error });
  }
  return entries;
}

/** The same for all spellings of one name. */
function alike(name: string): string {
  return decoded(name).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const damaged = (cause: unknown): never => {
  throw new Unreadable('damaged', { cause });
};
