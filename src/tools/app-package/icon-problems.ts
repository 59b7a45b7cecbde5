/** Checks an icon's format and size, which the manifest's validator does not. */

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const HEADER_BYTES = 24;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Width and height of a PNG in pixels, from its IHDR chunk (PNG specification, 5.3 and 11.2.1). */
function pngSize(bytes: Uint8Array): Size | undefined {
  const buffer = Buffer.from(bytes);
  if (buffer.length < HEADER_BYTES || !buffer.subarray(0, SIGNATURE.length).equals(SIGNATURE))
    return undefined;
  return { width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) };
}

/** @param side wanted width and height in pixels */
export function iconProblems(name: string, bytes: Uint8Array, side: number): readonly string[] {
  const size = pngSize(bytes);
  if (size === undefined) return [`${name} is not a PNG`];
  if (size.width === side && size.height === side) return [];
  return [`${name} is ${size.width}×${size.height} pixels and must be ${side}×${side}`];
}
