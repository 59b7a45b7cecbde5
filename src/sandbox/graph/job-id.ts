/** Job ids of the simulated Graph: opaque to a client, yet they carry all that a restarted simulator must know. */
import { createHash } from 'node:crypto';
import { createSeal } from '../loopback/seal.ts';

export type JobOrigin = Readonly<{
  goalsOrganizationId: string;
  explorerViewId: string;
  /** Tenant and object id of who started it. */
  tid: string;
  oid: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}>;

// The simulator guards nothing: a fixed key lets every later process read the ids of an earlier one.
const seal = createSeal(createHash('sha256').update('simulated graph job ids').digest());

export const makeJobId = (origin: JobOrigin): string => {
  const time = Buffer.alloc(8);
  time.writeDoubleBE(origin.createdAt);
  const guids = [origin.goalsOrganizationId, origin.explorerViewId, origin.tid, origin.oid].map(bytesOfGuid);
  return `j!${seal.seal(Buffer.concat([time, ...guids]))}`;
};

/** Undefined for an id that no simulator made. */
export const readJobId = (id: string): JobOrigin | undefined => {
  const bytes = id.startsWith('j!') ? seal.open(id.slice(2)) : undefined;
  if (bytes?.length !== 72) return undefined;
  const guidAt = (index: number) => guidOfBytes(bytes.subarray(8 + 16 * index, 24 + 16 * index));
  return {
    createdAt: bytes.readDoubleBE(0),
    goalsOrganizationId: guidAt(0),
    explorerViewId: guidAt(1),
    tid: guidAt(2),
    oid: guidAt(3),
  };
};

const bytesOfGuid = (guid: string): Buffer => {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new Error(`Not a GUID: ${guid}`);
  return bytes;
};

const guidOfBytes = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
