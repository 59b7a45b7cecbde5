/** Answers for the parts of a zip archive, unpacked piece by piece and never further than allowed. */
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { Unreadable } from './unreadable.ts';

/** A workbook has some dozens of parts; pictures and comments make it some hundreds. */
const mostEntries = 2_000;

export interface ZipArchive {
  readonly has: (name: string) => boolean;
  /** @throws Unreadable `unpacksTooLarge` by what really comes out, over all parts together; `damaged`; `encrypted` */
  readonly unpack: (name: string) => AsyncGenerator<Uint8Array, void, undefined>;
}

/** @throws Unreadable when it is no zip archive that can be read */
export async function openArchive(bytes: Buffer, mostUnpackedBytes: number): Promise<ZipArchive> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true }).catch(damaged);
  if (zip.entryCount > mostEntries) throw new Unreadable('unpacksTooLarge');
  const entries = await entriesOf(zip);
  let unpacked = 0;
  return {
    has: (name) => entries.has(name),
    async *unpack(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new Unreadable('damaged');
      if (entry.isEncrypted()) throw new Unreadable('encrypted');
      const stream = await zip.openReadStreamPromise(entry).catch(damaged);
      try {
        for await (const piece of stream) {
          unpacked += (piece as Uint8Array).length;
          if (unpacked > mostUnpackedBytes) throw new Unreadable('unpacksTooLarge');
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
      if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw new Unreadable('damaged', { cause: error });
  }
  return entries;
}

const damaged = (cause: unknown): never => {
  throw new Unreadable('damaged', { cause });
};
