/** Makes odd inputs out of good ones: JSON with parts replaced, taken away or added, and texts with pieces of other texts in them. */
import fc from 'fast-check';

/** What programs trip over. */
const oddTexts: readonly string[] = [
  '',
  ' ',
  '\0',
  '\u202e\u200b',
  '\ud83d',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-0',
  '1e999',
  '../..',
  '%00',
  '%E0%A4%A',
  '{{DATE(9999-99-99T99:99:99Z)}}',
  '<at>x</at>',
  '</at><at',
  '"}]}',
  'https://evil.example',
  'javascript:alert(1)',
  '=cmd()',
  'é'.repeat(300),
  'a'.repeat(5_000),
  '('.repeat(500),
];

export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...oddTexts),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, [], {}, [[]], [null], { a: { b: {} } }),
  fc.jsonValue({ maxDepth: 3 }),
);

interface Mutation {
  readonly what: 'replace' | 'remove' | 'add' | 'repeat';
  /** Which part, of those that there are, modulo their number. */
  readonly part: number;
  readonly value: unknown;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  what: fc.constantFrom<Mutation['what']>('replace', 'replace', 'remove', 'add', 'repeat'),
  part: fc.nat(),
  value: oddValue,
});

interface Part {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string;
}

function partsOf(value: unknown): readonly Part[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Part['holder'];
  return Object.keys(holder).flatMap((key) => [
    { holder, key },
    ...partsOf((holder as Record<string, unknown>)[key]),
  ]);
}

function change(parts: readonly Part[], { what, part, value: drawn }: Mutation): void {
  // A copy: what is put in may be changed by the next one.
  const value = structuredClone(drawn);
  const chosen = parts[part % Math.max(1, parts.length)];
  if (chosen === undefined) return;
  const { holder, key } = chosen as Part & { holder: Record<string, unknown> };
  switch (what) {
    case 'replace':
      holder[key] = value;
      break;
    case 'remove':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else Reflect.deleteProperty(holder, key);
      break;
    case 'add':
      if (Array.isArray(holder)) holder.push(value);
      else holder[typeof value === 'string' ? value.slice(0, 30) : 'more'] = value;
      break;
    case 'repeat':
      holder[key] = Array.from({ length: 20 }, () => structuredClone(holder[key]));
  }
}

/** One of the samples, with one to four parts changed; sometimes as it is. */
export const mutated = (samples: readonly object[]): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(fc.nat(Math.max(0, samples.length - 1)), fc.array(mutation, { maxLength: 4 }))
    .map(([nth, mutations]) => {
      const copy = structuredClone(samples[nth]) as Record<string, unknown>;
      for (const each of mutations) change(partsOf(copy), each);
      return copy;
    });

/** Pieces of good texts and odd ones, one behind the other. */
export const spliced = (pieces: readonly string[], maxLength = 8): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: oddText }),
      {
        maxLength,
      },
    )
    .map((parts) => parts.join(''));

const seldom = fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat() });

/** The bytes with some of them changed, cut off or doubled. */
export const mutatedBytes = (samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc
    .record({
      sample: fc.constantFrom(...samples),
      flips: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
      cutAt: seldom,
      doubledFrom: seldom,
    })
    .map(({ sample, flips, cutAt, doubledFrom }) => {
      const bytes = Buffer.from(sample);
      const within = (at: number): number => at % Math.max(1, bytes.length);
      for (const [at, value] of flips) bytes[within(at)] = value;
      const kept = cutAt === undefined ? bytes : bytes.subarray(0, within(cutAt));
      const more = doubledFrom === undefined ? [] : [bytes.subarray(within(doubledFrom))];
      return Buffer.concat([kept, ...more]);
    });
