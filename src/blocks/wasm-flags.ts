/** Has V8 leave WebAssembly as it compiled it at first. */
import { setFlagsFromString } from 'node:v8';

/**
 * To be called before any is loaded. Optimizing the embedded database takes half a gigabyte and a second or two of processor time, for
 * a sixth of its time under a load that only PostgreSQL is meant for.
 */
export function leaveWasmAsItIs(): void {
  for (const flag of ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up']) setFlagsFromString(flag);
}
