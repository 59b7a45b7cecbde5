/** Unpacks the body of an answer that somebody has packed. */
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { brotliDecompressSync, createBrotliDecompress, createUnzip, unzipSync } from 'node:zlib';

/** Nobody is asked to pack anything, and some do. */
function packingOf({ headers }: IncomingMessage): 'zlib' | 'brotli' | undefined {
  switch (headers['content-encoding']?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return 'zlib';
    case 'br':
      return 'brotli';
    default:
      return undefined;
  }
}

/** A whole body. Undefined when it cannot be unpacked, or grows larger than that. */
export function unpacked(
  response: IncomingMessage,
  bytes: Buffer,
  maxOutputLength: number,
): Uint8Array | undefined {
  const packing = packingOf(response);
  if (packing === undefined) return bytes;
  try {
    return (packing === 'zlib' ? unzipSync : brotliDecompressSync)(bytes, { maxOutputLength });
  } catch {
    return undefined;
  }
}

/** A body while it comes; errs when it is cut. */
export function unpacking(response: IncomingMessage): Readable {
  const packing = packingOf(response);
  // Nothing at all cannot be unpacked, and is said to be nothing.
  const isEmpty = response.statusCode === 204 || response.headers['content-length'] === '0';
  if (packing === undefined || isEmpty) return response;
  return pipeline(response, packing === 'zlib' ? createUnzip() : createBrotliDecompress(), () => undefined);
}
