/** `npm run audit -- --tenant ID`: writes a tenant's audit trail to standard output, or checks its chain with `--verify`. */
import { parseArgs } from 'node:util';
import { openAuditTrail, type AuditTrail, type Finding, type Link, type Span } from '../app/audit-trail.ts';
import { readConfig } from '../config.ts';
import { isGuid } from '../domain/guid.ts';
import { createLogger } from '../logger.ts';

const usage =
  'npm run audit -- --tenant ID [--from DATE] [--until DATE] [--format jsonl|csv], or --tenant ID --verify [--noted END]';

interface Order {
  readonly tenantId: string;
  readonly span: Span;
  readonly format: 'jsonl' | 'csv';
  readonly verify: boolean;
  readonly noted?: Link;
}

/** @throws Error that says what is wrong with what was given */
function readOrder(): Order {
  const { values } = parseArgs({
    options: {
      tenant: { type: 'string' },
      from: { type: 'string' },
      until: { type: 'string' },
      format: { type: 'string', default: 'jsonl' },
      verify: { type: 'boolean', default: false },
      noted: { type: 'string' },
    },
  });
  const { tenant = '', from, until, format, verify, noted } = values;
  const tenantId = tenant.toLowerCase();
  if (!isGuid(tenantId)) throw new Error(`--tenant must be the id of a tenant. ${usage}`);
  if (format !== 'jsonl' && format !== 'csv') throw new Error(`--format must be jsonl or csv. ${usage}`);
  return {
    tenantId,
    format,
    verify,
    span: {
      ...(from !== undefined && { from: momentOf('--from', from, 'begins') }),
      ...(until !== undefined && { until: momentOf('--until', until, 'ends') }),
    },
    ...(noted !== undefined && { noted: endOf(noted) }),
  };
}

const day = 24 * 3600 * 1000;

/** A day is meant as a whole, in UTC. */
function momentOf(option: string, written: string, edge: 'begins' | 'ends'): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(written);
  const isMoment = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(written);
  const at = new Date(written);
  if ((!isDay && !isMoment) || Number.isNaN(at.getTime()))
    throw new Error(`${option} must be a day such as 2026-11-30, or a time such as 2026-11-30T09:00:00Z.`);
  return isDay && edge === 'ends' ? new Date(at.getTime() + day) : at;
}

function endOf(written: string): Link {
  const [, seq, hash] = /^(\d{1,9}):([\w-]+)$/.exec(written) ?? [];
  if (seq === undefined || hash === undefined)
    throw new Error('--noted must be an end that --verify has printed, such as 41:Qx…');
  return { seq: Number(seq), hash };
}

function inWords(finding: Finding): string {
  switch (finding.kind) {
    case 'missing':
      return `MISSING    entries ${finding.from} to ${finding.to} were removed`;
    case 'unreadable':
      return `UNREADABLE ${nameOf(finding)} was altered, moved or forged, or its key is not in ENCRYPTION_KEYS`;
    case 'broken':
      return `BROKEN     ${nameOf(finding)} does not follow from the entry before it`;
    case 'alteredEnds':
      return 'ALTERED    what is kept of the beginning or the end of the chain is not what the bot wrote';
    case 'noChain':
      return 'NO CHAIN   what is kept of the chain is gone, or its key is not in ENCRYPTION_KEYS: nothing can be checked';
    case 'notAsNoted':
      return `NOT NOTED  entry ${finding.seq} is not the one that was noted: an older copy may be in its place`;
  }
}

const nameOf = ({ seq, id }: { readonly seq?: number; readonly id: string }): string =>
  seq === undefined ? `an entry that is not chained yet (${id})` : `entry ${seq} (${id})`;

/** Resolves with whether all is as it was written. */
async function verify(trail: AuditTrail, noted: Link | undefined): Promise<boolean> {
  const { findings, chained, pending, head, anchor } = await trail.verify(noted);
  for (const finding of findings) console.log(inWords(finding));
  console.log(
    `Entries in the chain: ${chained}. Not chained yet, which running bots do once a minute: ${pending}.`,
  );
  if (anchor !== undefined && anchor.seq > 0)
    console.log(`Entries up to ${anchor.seq} have had their time and were removed.`);
  if (findings.length > 0) {
    console.log(`Findings: ${findings.length}. The audit trail is not as it was written.`);
    return false;
  }
  console.log('All of it is as it was written.');
  if (head !== undefined)
    console.log(`Note this end outside of the database, for --noted: ${head.seq}:${head.hash}`);
  return true;
}

async function run(): Promise<void> {
  const order = readOrder();
  const reading = readConfig(process.env);
  if (reading.kind === 'mistakes') {
    const mistakes = reading.mistakes.map(({ variable, problem }) => `  ${variable} ${problem}`);
    throw new Error(['it needs the configuration of the bot:', ...mistakes].join('\n'));
  }
  const trail = await openAuditTrail(reading.config, order.tenantId, createLogger('warn'));
  try {
    if (order.verify) process.exitCode = (await verify(trail, order.noted)) ? 0 : 1;
    else for await (const line of trail.lines(order.format, order.span)) process.stdout.write(line);
  } finally {
    await trail.close();
  }
}

try {
  await run();
} catch (error) {
  console.error(`The audit trail was not read: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
