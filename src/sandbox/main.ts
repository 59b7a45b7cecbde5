/** Runs `npm run sandbox`: starts everything, says what to do, and ends every part on Ctrl-C. */
import { rmSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { prepareEmbedded } from '../adapters/store/engine/embedded-engine.ts';
import { leaveWasmAsItIs } from '../blocks/wasm-flags.ts';
import { dataIn } from './data-in.ts';
import type { Sandbox } from './sandbox.ts';

const folder = path.resolve(process.env['SANDBOX_DIR'] ?? '.sandbox');
const port = Number(process.env['SANDBOX_PORT'] ?? 56150);

function endOnSignals(sandbox: Sandbox): void {
  let ending = false;
  const end = (code: number): void => {
    if (ending) return;
    ending = true;
    console.log('\nStopping …');
    sandbox.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        console.error('Something did not stop in an orderly way:', wordsOf(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => {
    end(0);
  });
  process.on('SIGTERM', () => {
    end(0);
  });
  void sandbox.chatEnded.then(() => {
    if (!ending) console.error('The chat client ended by itself. Start the sandbox again.');
    end(1);
  });
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

if (process.argv.includes('--fresh')) rmSync(folder, { recursive: true, force: true });
console.log(
  'Starting: simulated Microsoft Graph and Entra ID, the bot, and a chat client. This takes some seconds …',
);
try {
  leaveWasmAsItIs();
  enableCompileCache(path.join(folder, 'compiled'));
  // Making the database takes seconds of another process: the rest is loaded meanwhile.
  const [{ startSandbox }, { instructions }] = await Promise.all([
    import('./sandbox.ts'),
    import('./pages/start-page.ts'),
    prepareEmbedded(dataIn(folder)),
  ]);
  const sandbox = await startSandbox({ folder, port });
  endOnSignals(sandbox);
  console.log(instructions(sandbox.chatUrl, sandbox.pagesUrl, path.relative(process.cwd(), sandbox.logFile)));
} catch (error) {
  console.error(`The sandbox cannot start: ${wordsOf(error)}`);
  process.exit(1);
}
