/** Runs Microsoft's Agents Playground, the Teams-like client of the sandbox: its own process, its people, its end. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Person } from './people.ts';

export type PlaygroundOptions = Readonly<{
  /** Its working folder: it reads its configuration there and writes files of its own. */
  folder: string;
  port: number;
  /** Where it sends activities. */
  botEndpoint: string;
  botId: string;
  /** The first one sits in front of it; it wants exactly five others. */
  people: readonly [Person, ...Person[]];
}>;

export type Playground = Readonly<{
  /** What to open in a browser. */
  url: string;
  /** Resolves when the process has ended, whoever ended it. */
  ended: Promise<void>;
  stop: () => Promise<void>;
}>;

const patienceMilliseconds = 120_000;
const graceMilliseconds = 2_000;
const maxTries = 100;
const pauseMilliseconds = 100;
const listening = /Listening on (\d+)/;

/** Resolves once it listens. @throws Error with its own last words when it does not */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  mkdirSync(options.folder, { recursive: true });
  writeFileSync(path.join(options.folder, '.m365agentsplayground.yml'), configurationFor(options));
  const child = spawn(process.execPath, [cliFile(), ...argumentsFor(options)], {
    cwd: options.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Also when the sandbox breaks: an orphan would keep the port.
  const endWithUs = (): boolean => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      process.off('exit', endWithUs);
      resolve();
    });
  });
  const port = await portOf(child);
  const url = `http://localhost:${port}`;
  // It says that it listens before it has read its configuration, and ends if that is wrong.
  await Promise.race([answering(url), ended.then(() => failed('ended at once', child))]);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
    await ended;
    clearTimeout(force);
  };
  if (Number(port) !== options.port) {
    await stop();
    // It takes another port by itself, from which the bot would hear nothing.
    throw new Error(`Port ${options.port} was taken while the chat client started. Start again.`);
  }
  return { url, ended, stop };
}

const failed = (why: string, { exitCode }: ChildProcess): never => {
  throw new Error(`The Agents Playground ${why} (exit code ${exitCode ?? 'none'}).`);
};

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    await pause(pauseMilliseconds);
  }
  throw new Error(`The Agents Playground does not answer at ${url}.`);
}

const cliFile = (): string => fileURLToPath(import.meta.resolve('@microsoft/m365agentsplayground/cli.js'));

const argumentsFor = ({ botEndpoint, port }: PlaygroundOptions): readonly string[] => [
  'start',
  '-e',
  botEndpoint,
  '-c',
  'msteams',
  '-p',
  String(port),
  '--disable-telemetry',
];

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let words = '';
    const fail = (why: string): void => {
      reject(new Error(`The Agents Playground ${why}. It said: ${words.trim().slice(-500)}`));
    };
    const patience = setTimeout(() => {
      child.kill('SIGKILL');
      fail('did not start in time');
    }, patienceMilliseconds);
    const read = (chunk: Buffer): void => {
      words = `${words}${chunk.toString('utf8')}`.slice(-4000);
      const port = listening.exec(words)?.[1];
      if (port === undefined) return;
      clearTimeout(patience);
      resolve(port);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => {
      clearTimeout(patience);
      fail(`cannot be run (${error.message})`);
    });
    child.once('exit', () => {
      clearTimeout(patience);
      fail('ended at once');
    });
  });
}

/** JSON is YAML: nothing needs escaping by hand. */
function configurationFor({ botId, people }: PlaygroundOptions): string {
  const [me, ...others] = people.map(asPlaygroundUser);
  return JSON.stringify({
    version: '0.1.1',
    tenantId: people[0].tid,
    bot: { id: botId, name: 'OKR Export' },
    currentUser: me,
    users: others,
    personalChat: { id: 'personal-chat' },
    groupChat: { id: 'group-chat', name: 'Planning group' },
    team: {
      id: 'team-id',
      name: 'Planning team',
      aadGroupId: '0a7c1f52-3d4e-4b6a-8f90-1e2d3c4b5a60',
      channels: [{ id: 'channel-okrs', name: 'OKRs' }],
    },
  });
}

/** What it calls the person at that place of the list. */
export const chatAccountId = (index: number): string => `user-${String(index)}`;

function asPlaygroundUser({ oid, name, userPrincipalName }: Person, index: number) {
  const [givenName = '', surname = ''] = name.split(' ');
  return {
    id: chatAccountId(index),
    name,
    userPrincipleName: userPrincipalName,
    aadObjectId: oid,
    givenName,
    surname,
    email: userPrincipalName,
  };
}
