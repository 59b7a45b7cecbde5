/** Answers for the elements of an XML document, as they pass by; nothing of it is kept, and no entity is ever expanded. */
import sax from 'sax';
import { Unreadable } from './unreadable.ts';

export interface XmlHandlers {
  /** Names without their prefix; attributes with it. */
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  /** Long text comes in parts. */
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/**
 * Yields after each piece, when its elements have been handled.
 * @throws Unreadable `damaged` when it is not well-formed, or holds names or attributes beyond 64 KiB
 */
export async function* xmlElements(
  pieces: AsyncIterable<Uint8Array>,
  { open, text, close }: XmlHandlers,
): AsyncGenerator<undefined, void, undefined> {
  // Its buffers are bounded only while it counts positions.
  const parser = sax.parser(true, { position: true });
  parser.onerror = (cause) => {
    throw new Unreadable('damaged', { cause });
  };
  parser.onopentag = ({ name, attributes }) => open?.(local(name), attributes as Record<string, string>);
  parser.onclosetag = (name) => close?.(local(name));
  parser.ontext = (part) => text?.(part);
  parser.oncdata = (part) => text?.(part);
  const decoder = new TextDecoder();
  for await (const piece of pieces) {
    parser.write(decoder.decode(piece, { stream: true }));
    yield;
  }
  parser.write(decoder.decode()).close();
  yield;
}

/** For documents of which only what the handlers keep is wanted. */
export async function readXml(pieces: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  for await (const _ of xmlElements(pieces, handlers));
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
