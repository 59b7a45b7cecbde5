/** Starts the bundle: what Node compiles is kept for the next start, and stack traces name the sources. */
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { nameSourcesInStacks } from './blocks/source-stacks.ts';
import { leaveWasmAsItIs } from './blocks/wasm-flags.ts';

nameSourcesInStacks();
if ((process.env['DATABASE_URL'] ?? '').trim() === '') leaveWasmAsItIs();
// Else V8 shrinks the heap after eight idle seconds, and then lets it grow by a few MB only: a download would collect garbage all along.
setFlagsFromString('--gc-memory-reducer-start-delay-ms=86400000');
// This thread has it already, and as long as it is set no worker's own limit counts.
setFlagsFromString('--max-semi-space-size=0');
// After the flags, which are part of the cache's name, and before the rest is loaded.
enableCompileCache(path.join(import.meta.dirname, 'compiled'));
await import('./main.ts');
