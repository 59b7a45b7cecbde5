/** Derives the trace of an export from its id, so that it stays one trace over restarts and instances, and nothing is stored for it. */
import { createHash } from 'node:crypto';

export interface ExportTrace {
  /** 16 bytes and 8 bytes, in hexadecimal (W3C Trace Context, §3.2.2). */
  readonly traceId: string;
  readonly rootSpanId: string;
}

export function traceOfExport(exportId: string): ExportTrace {
  const hash = createHash('sha256').update(`trace of export ${exportId}`).digest('hex');
  return { traceId: hash.slice(0, 32), rootSpanId: hash.slice(32, 48) };
}
