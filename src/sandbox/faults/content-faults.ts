/** Plays faults of the simulated Graph while the file is fetched. Those that mend themselves come back for each fetch. */
import { graphError } from '../graph/graph-errors.ts';
import type { FaultLink } from './fault-link.ts';
import { fetches, byJob, inTurn } from './fault-rules.ts';

const plainCsv = { 'content-type': 'text/csv' };

/** A byte order mark, mixed line ends, a zero byte, and bytes that are no UTF-8. */
export const oddBytes = Buffer.concat([
  Buffer.from(
    '\uFEFFId,Title,Status\r\n1,"Caf\u00E9 pilot",On Track\n2,Zero \u0000 byte,Behind\r\n3,Broken ',
  ),
  Buffer.of(0xff, 0xc3, 0x28),
  Buffer.from(' letters,At Risk\n'),
]);

export const contentFaults: readonly FaultLink[] = [
  {
    id: 'G8',
    what: 'The file is gone before its time.',
    see: 'As soon as the bot or you ask for the file the card says that the export has expired, and offers Export again.',
    play: (view) => ({
      graph: [
        { match: fetches(view), respond: graphError({ status: 410, code: 'gone', message: 'It is gone.' }) },
      ],
    }),
  },
  {
    id: 'G22',
    what: 'The file’s address leads to a host that is not allowed.',
    see: 'Press Download: the page says that the download did not work. The foreign host is never asked.',
    play: (view) => ({
      graph: [
        {
          match: fetches(view),
          respond: { status: 302, headers: { location: 'https://elsewhere.example/file.csv' } },
        },
      ],
    }),
  },
  {
    id: 'G24',
    what: 'A web page comes instead of the file.',
    see: 'Press Download: the page says that what came was not a CSV file, so it was not handed over.',
    play: (view) => ({
      graph: [
        {
          match: fetches(view),
          respond: {
            status: 200,
            headers: { 'content-type': 'text/html' },
            body: '<!DOCTYPE html><html><body>Sign in</body></html>',
          },
        },
      ],
    }),
  },
  {
    id: 'T4',
    what: 'The first answer with the file never comes.',
    see: 'Press Download: after 30 seconds the bot fetches it again, and it comes.',
    play: (view) => ({
      graph: inTurn({ match: fetches(view), by: byJob, again: true, steps: [{ trouble: { kind: 'hang' } }] }),
    }),
  },
  {
    id: 'T5',
    what: 'The connection breaks in the middle of the file, the first time.',
    see: 'Press Download: the bot fetches it again before your browser has a byte; the file is whole.',
    play: (view) => ({
      graph: inTurn({
        match: fetches(view),
        by: byJob,
        again: true,
        steps: [{ trouble: { kind: 'cut', how: 'contentLength', atByte: 1_999 } }],
      }),
    }),
  },
  {
    id: 'T6',
    what: 'The file ends too early and nothing in the transfer says so, the first time.',
    see: 'The same: never a short file that looks whole.',
    play: (view) => ({
      graph: inTurn({
        match: fetches(view),
        by: byJob,
        again: true,
        steps: [{ trouble: { kind: 'cut', how: 'closeDelimited', atByte: 1_999 } }],
      }),
    }),
  },
  {
    id: 'T7',
    what: 'The file is larger than the limit.',
    see: 'Press Download: the page names the limit, and says that the bot’s operator can raise it.',
    play: (view) => ({
      graph: [
        {
          match: fetches(view),
          respond: {
            status: 200,
            headers: { ...plainCsv, 'content-length': '209715200' },
            body: 'Title\nThe first of many\n',
          },
          // More is never sent: the declared length is enough to refuse it.
          trouble: { kind: 'cut', how: 'contentLength', atByte: 10 },
        },
      ],
    }),
  },
  {
    id: 'T8',
    what: 'The file holds a byte order mark, mixed line ends, a zero byte and bytes that are no UTF-8.',
    see: 'Press Download: you get exactly these bytes.',
    play: (view) => ({
      graph: [
        {
          match: fetches(view),
          respond: (_call, genuine) =>
            genuine.status === 200 ? { status: 200, headers: plainCsv, body: oddBytes } : genuine,
        },
      ],
    }),
  },
];
