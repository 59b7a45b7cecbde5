/** Plays faults of the simulated Graph while an export is being followed. */
import type { Answer } from '../loopback/script.ts';
import { graphError, jobNotFound } from '../graph/graph-errors.ts';
import type { FaultLink } from './fault-link.ts';
import { lists, looks, withJob, byJob, inTurn } from './fault-rules.ts';

const webPage: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><head><title>Welcome</title></head><body>Please wait</body></html>',
};
const unavailable = (status: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  graphError({ status, code: 'serviceNotAvailable', message: 'Not now.', headers });

export const lookFaults: readonly FaultLink[] = [
  {
    id: 'G7',
    what: 'Graph no longer knows the export while it is being made.',
    see: '“Looking for it”; after a minute and a second look “The export no longer exists. Start again?”.',
    play: (view) => ({
      graph: [
        { match: looks(view), respond: jobNotFound() },
        { match: lists(view), respond: { status: 200, body: { value: [] } } },
      ],
    }),
  },
  {
    id: 'G14',
    what: 'Graph answers looks with 503 and Retry-After, then with 500.',
    see: 'Nothing: the export goes on a few seconds later. From two minutes on the card would say that the bot cannot reach Graph.',
    play: (view, { retryAfterSeconds }) => ({
      graph: inTurn({
        match: looks(view),
        by: byJob,
        steps: [
          { respond: unavailable(503, { 'retry-after': String(retryAfterSeconds) }) },
          { respond: unavailable(500) },
        ],
      }),
    }),
  },
  {
    id: 'G17',
    what: 'Graph reports a state that nobody knows, for the first two looks.',
    see: '“Running (state: unknownFutureValue)”. The bot looks every five minutes; press Refresh after ten seconds to have it look sooner.',
    play: (view) => ({
      graph: inTurn({
        match: looks(view),
        by: byJob,
        steps: Array.from({ length: 2 }, () => ({
          respond: (_call, genuine) => withJob(genuine, { status: 'unknownFutureValue' }),
        })),
      }),
    }),
  },
  {
    id: 'G18',
    what: 'Graph accepts the export and then reports that it failed.',
    see: '“Microsoft Graph reported a failure”, with its request id and one Try again.',
    fate: { kind: 'runs', startsAfterMs: 0, endsAfterMs: 4_000, ends: 'failed' },
    play: () => ({}),
  },
  {
    id: 'G19',
    what: 'Graph answers five looks with a web page, with nothing, and with broken JSON.',
    see: 'Nothing at first; after about half a minute “Paused – odd answers from Microsoft Graph”. Resume goes on. The log has what came, at most 1 KB, redacted.',
    play: (view) => ({
      graph: inTurn({
        match: looks(view),
        by: byJob,
        steps: [webPage, { status: 200, body: '' }, { status: 200, body: '{"id":' }, webPage, webPage].map(
          (respond) => ({ respond }),
        ),
      }),
    }),
  },
  {
    id: 'G20',
    what: 'Graph wraps the export in a list, with fields of the wrong type and fields that nobody knows.',
    see: 'Nothing: the export is ready as usual.',
    play: (view) => ({
      graph: [
        {
          match: looks(view),
          respond: (_call, genuine) => asListOfOne(withJob(genuine, { createdDateTime: 12, surprise: [{}] })),
        },
      ],
    }),
  },
  {
    id: 'G21',
    what: 'Graph’s times make no sense: one is empty, one lies in the year 9999.',
    see: 'The card leaves the expiry out.',
    play: (view) => ({
      graph: [
        {
          match: looks(view),
          respond: (_call, genuine) =>
            withJob(genuine, { createdDateTime: '', expirationDateTime: '9999-12-31T23:59:59.9999999Z' }),
        },
      ],
    }),
  },
  {
    id: 'G23',
    what: 'Graph’s resourceLocation leads to a foreign host.',
    see: 'Nothing: it is never requested; the log names the host.',
    play: (view) => ({
      graph: [
        {
          match: looks(view),
          respond: (_call, genuine) =>
            withJob(genuine, { resourceLocation: 'https://collector.example/steal' }),
        },
      ],
    }),
  },
  {
    id: 'T9',
    what: 'Graph’s clock and the bot’s differ by ten minutes.',
    see: 'Nothing; the log has an alarm for the operator.',
    play: (view) => ({
      graph: [
        {
          match: looks(view),
          respond: (_call, genuine) => ({
            ...genuine,
            headers: { ...genuine.headers, date: new Date(Date.now() + 600_000).toUTCString() },
          }),
        },
      ],
    }),
  },
  {
    id: 'C11',
    what: 'Graph takes seven seconds for each look, and Teams gives up on a button after five.',
    see: 'Press Refresh: the card answers in time with what is known, and changes when the look is done.',
    play: (view) => ({ graph: [{ match: looks(view), delayMs: 7_000 }] }),
  },
];

const asListOfOne = (answer: Answer): Answer =>
  answer.status === 200 ? { ...answer, body: { value: [answer.body] } } : answer;
