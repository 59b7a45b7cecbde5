/** Reads a recorded case from three files: what Teams sends, what Graph answers, and what must have come of it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

/**
 * One step of `activities.json`. An activity is what Teams sends, word for word, but for what only a run knows:
 * `{{botId}}`, `{{serviceUrl}}`, `{{ssoToken}}` of its sender, and `{{exchangeId}}`, `{{cardId}}`, `{{exportId}}`, `{{nonce}}`
 * of the newest prompt, card and sign-in page, `{{scheduleId}}`, `{{nameId}}` of the newest card that carries one, and that
 * card’s `{{scheduleCardId}}`, `{{nameCardId}}`.
 */
const step = z.strictObject({
  what: z.string(),
  /** Words (a regular expression) of a card or message that must be in the conversation before; `prompt` waits for a sign-in card. */
  until: z.string().optional(),
  skipSeconds: z.number().optional(),
  activity: z.looseObject({ type: z.string(), conversation: z.looseObject({ id: z.string() }) }).optional(),
  /** The button of the newest sign-in card, pressed in the browser of the person with this object id. */
  signsInByButton: z.string().optional(),
  /** An administrator opens the link of the newest card and allows the app. */
  approves: z.boolean().optional(),
  answer: z.strictObject({ status: z.number(), says: z.string().optional() }).optional(),
});

/** One rule of `graph.json`: the answer to the next such calls; without it the simulated Graph answers by itself. */
const graphAnswer = z.strictObject({
  op: z.enum(['create', 'get', 'list', 'content']),
  /** 1 without it. */
  times: z.number().optional(),
  status: z.number(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown(),
});

const said = z.strictObject({
  in: z.string(),
  says: z.array(z.string()),
  buttons: z.array(z.string()).optional(),
});

const expected = z.strictObject({
  /** What stands in the conversations at the end, in the order of its words; times are `<time>`. */
  conversations: z.array(said),
  /** What Graph was asked; the same call several times in a row is one. */
  graph: z.array(z.string()),
});

export type Step = z.infer<typeof step>;
export type Expected = z.infer<typeof expected>;

export interface Recorded {
  readonly activities: readonly Step[];
  readonly graph: readonly z.infer<typeof graphAnswer>[];
  readonly expected: Expected;
}

export async function readScenario(folder: string): Promise<Recorded> {
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(folder, name), 'utf8')) as unknown;
  return {
    activities: z.array(step).parse(await read('activities.json')),
    graph: z.array(graphAnswer).parse(await read('graph.json')),
    expected: expected.parse(await read('expected.json')),
  };
}
