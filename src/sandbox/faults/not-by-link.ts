/** Rows of the fault table that no link can play, and why; some can be tried by hand. */
import type { FaultId } from './fault-link.ts';

export type NotByLink = Readonly<{ id: FaultId; what: string; why: string }>;

export const notByLink: readonly NotByLink[] = [
  {
    id: 'E3',
    what: 'The token that Teams hands over silently is bad or out of time.',
    why: 'The chat of this sandbox hands over no such tokens; it signs in with the button.',
  },
  {
    id: 'S1',
    what: 'The database is gone, read-only or full.',
    why: 'The embedded database lives inside the bot.',
  },
  {
    id: 'S2',
    what: 'A second bot starts on the same embedded database.',
    why: 'Try it: start the sandbox once more with the same SANDBOX_DIR, and it refuses.',
  },
  {
    id: 'S3',
    what: 'The encryption key is lost.',
    why: 'Try it: stop, change encryptionKey in secrets.json of the sandbox’s folder (base64 of 32 bytes), start again: the bot asks you to sign in, and exports go on.',
  },
  {
    id: 'S4',
    what: 'The bot is killed.',
    why: 'Try it: kill the process while an export runs (not Ctrl-C, which stops in an orderly way), and start again.',
  },
  {
    id: 'S5',
    what: 'One export kills the bot each time.',
    why: 'No answer that a simulator gives kills the bot.',
  },
];
