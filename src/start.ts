/** Starts the bundle: what Node compiles is kept for the next start, and stack traces name the sources. */
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { nameSourcesInStacks } from './blocks/source-stacks.ts';

nameSourcesInStacks();
// Before the rest is loaded.
enableCompileCache(path.join(import.meta.dirname, 'compiled'));
await import('./main.ts');
