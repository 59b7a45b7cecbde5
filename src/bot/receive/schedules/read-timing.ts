/** Reads when something is to be exported again out of what stands behind its name; a name may hold the same words. */
import type { Words } from '../../../words/words.ts';
import type { Calendar } from './read-last-day.ts';
import { grammarOf, wordsIn, type Sentence } from './spoken-words.ts';
import { readParts, type TimingSaid } from './timing-parts.ts';

/** One way to part what was written; without a name nothing but a timing was. */
export interface ScheduleWay {
  readonly name: string;
  readonly timing: TimingSaid;
}

/** Longer timings are none, and each way to part is read. */
const maxTimingWords = 30;
const maxNameWords = 30;
const partedBy = /(?<![,;:–—-])[,;:–—-]+$/u;
const openingQuote = /^["“„«»‹`]/u;
const quoted = /^["“„«»‹`](.+)["”“»«›`](?:[\s:,](.*))?$/su;

/**
 * The likeliest first, the longest timing first: never empty. Last come names behind which no timing can be read: one that is known
 * is meant all the same.
 * @param written name and timing, spaces single
 */
export function waysToSchedule(words: Words, written: string, calendar: Calendar): readonly ScheduleWay[] {
  const [, inside, behind = ''] = (openingQuote.test(written) ? quoted.exec(written) : null) ?? [];
  if (inside !== undefined) return [quotedWay(words, inside, behind, calendar)];
  const parts = written.split(' ');
  const from = Math.max(0, parts.length - maxTimingWords);
  const tails = Array.from({ length: parts.length - from }, (_, nth) => from + nth);
  const read = [false, true].flatMap((mayErr) =>
    tails.flatMap((at) => {
      const timing = readTiming(words, parts.slice(at).join(' '), calendar, mayErr);
      return timing === undefined ? [] : namesOf(parts.slice(0, at).join(' '), { timing, mayErr });
    }),
  );
  const byRank = [0, 1, 2, 3, 4].flatMap((rank) => read.filter((way) => rankOf(way) === rank));
  const ways = [...byRank, { name: written, timing: {} }].map(({ name, timing }) => ({ name, timing }));
  ways.push(...unclearWays(parts, new Set(ways.map(({ name }) => name))));
  const all = ways.map((way) => JSON.stringify(way));
  return ways.filter((_, nth) => all.indexOf(all[nth] ?? '') === nth);
}

/** The longest name first. */
function unclearWays(parts: readonly string[], read: ReadonlySet<string>): readonly ScheduleWay[] {
  const lengths = Array.from({ length: Math.min(parts.length - 1, maxNameWords) }, (_, nth) => nth + 1);
  return lengths.toReversed().flatMap((length) => {
    const written = parts.slice(length).join(' ');
    const name = parts.slice(0, length).join(' ').replace(partedBy, '').trimEnd();
    return read.has(name) ? [] : [{ name, timing: { problem: { what: 'unclear', written } } }];
  });
}

function quotedWay(words: Words, name: string, behind: string, calendar: Calendar): ScheduleWay {
  const written = behind.replace(/^[\s:,]+/, '');
  const timing = readTiming(words, written, calendar, false) ?? readTiming(words, written, calendar, true);
  return { name, timing: timing ?? { problem: { what: 'unclear', written } } };
}

/** “It”, and what else stands in the place of a name. */
export function saysIt(words: Words, written: string): boolean {
  const said = wordsIn(written).join(' ');
  return grammarOf(words).it.some((phrase) => phrase.join(' ') === said);
}

interface Read extends ScheduleWay {
  readonly mayErr: boolean;
}

/** What parts a name from its timing belongs to neither, though a name may end so. */
function namesOf(name: string, read: Omit<Read, 'name'>): readonly Read[] {
  const bare = name.replace(partedBy, '').trimEnd();
  return [...new Set([bare, name])].map((one) => ({ ...read, name: one }));
}

function rankOf({ timing, mayErr }: Read): number {
  const isWhole = timing.days !== undefined && timing.at !== undefined;
  if (timing.problem !== undefined) return mayErr ? 3 : 1;
  if (isWhole) return mayErr ? 2 : 0;
  return 4;
}

/** Undefined where anything else stands in it. */
function readTiming(words: Words, text: string, calendar: Calendar, mayErr: boolean): TimingSaid | undefined {
  const sentence: Sentence = { words: wordsIn(text), grammar: grammarOf(words), mayErr };
  let said: TimingSaid = {};
  for (let at = 0; at < sentence.words.length;) {
    const part = readParts
      .map((read) => read(sentence, at, said, calendar))
      .find((one) => one !== undefined && !clashes(said, one.says));
    if (part === undefined) return undefined;
    said = { ...part.says, ...said };
    at = part.next;
  }
  return said;
}

const clashes = (said: TimingSaid, more: TimingSaid): boolean =>
  Object.keys(more).some((key) => key !== 'problem' && key in said);
