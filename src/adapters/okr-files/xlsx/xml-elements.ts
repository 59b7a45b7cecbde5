/** Reads an XML document as a stream; keeps nothing of it, and never expands an entity. */
import sax from 'sax';
import { Unreadable } from '../table/text-table.ts';

/** Workbooks stay far below both; what does not is made to cost memory. */
const deepest = 100;
const maxAttributes = 1_000;

export interface XmlHandlers {
  /** Names without their prefix; attributes with it. */
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  /** Long text comes in parts. */
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/**
 * Yields after each piece, when its elements have been handled.
 * @throws Unreadable `damaged` when it is not well-formed, nests deeper than 100 elements, or holds an element
 * with more than 1,000 attributes or a name or value beyond 64 KiB
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
  const nested = { depth: 0, attributes: 0 };
  parser.onattribute = () => {
    nested.attributes += 1;
    if (nested.attributes > maxAttributes) throw new Unreadable('damaged');
  };
  parser.onopentag = ({ name, attributes }) => {
    nested.attributes = 0;
    nested.depth += 1;
    if (nested.depth > deepest) throw new Unreadable('damaged');
    open?.(local(name), attributes as Record<string, string>);
  };
  parser.onclosetag = (name) => {
    nested.depth -= 1;
    close?.(local(name));
  };
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
