/** Decides from all cells of a file how its numbers are written. */
import { commaRule, parseNumber, pointRule, type DecimalMark, type NumberRule } from './read-number.ts';

/** `machine`: numbers come from typed cells of a workbook, always with a point. */
export type NumberSource = ',' | ';' | '\t' | 'machine';

/** How progress is written: 64, 0.64, or nothing but 0 and 1, which may be either. */
export type ProgressScale = 'percent' | 'fraction' | 'unknown';

interface Seen {
  /** Cells that can be read in one way only. */
  readonly sure: Record<DecimalMark, number>;
  readonly ambiguous: Record<DecimalMark, number>;
}

type Verdict = DecimalMark | 'both' | undefined;

export function createNumberEvidence<Field extends string>(source: NumberSource, percentField: Field) {
  const columns = new Map<Field, Seen>();
  const scale = createScaleEvidence();
  return {
    see: (field: Field, text: string): void => {
      const written = parseNumber(text);
      if (written === undefined) return;
      const seen = columns.get(field) ?? { sure: { '.': 0, ',': 0 }, ambiguous: { '.': 0, ',': 0 } };
      columns.set(field, seen);
      if (field === percentField && !written.isPercent)
        scale.see(written.kind === 'number' ? written.value : written.decimal);
      if (written.kind === 'ambiguous') seen.ambiguous[written.mark] += 1;
      // A typed cell says nothing about how people here write numbers.
      else if (written.mark !== undefined && !(source === 'machine' && written.mark === '.'))
        seen.sure[written.mark] += 1;
    },
    rules: (): ((field: Field) => NumberRule) => {
      const others = verdictOf(
        [...columns].filter(([field]) => field !== percentField).map(([, seen]) => seen),
      );
      const percents = percentVerdict(columns.get(percentField), others);
      const all = others ?? (percents === 'both' ? undefined : percents);
      return function ruleFor(field) {
        const seen = columns.get(field);
        const own = seen && verdictOf([seen]);
        if (field === percentField) return ruleOf(percents, source);
        return ruleOf(own ?? all ?? usualMark(source), source);
      };
    },
    progressScale: scale.verdict,
  };
}

function verdictOf(columns: readonly Seen[]): Verdict {
  const point = columns.some(({ sure }) => sure['.'] > 0);
  const comma = columns.some(({ sure }) => sure[','] > 0);
  if (point && comma) return 'both';
  if (point) return '.';
  return comma ? ',' : undefined;
}

/** A percentage in the thousands is not plausible: 33,333 is 33.333, unless the rest of the file says otherwise. */
function percentVerdict(seen: Seen | undefined, others: Verdict): Verdict {
  if (seen === undefined) return undefined;
  const own = verdictOf([seen]);
  if (own !== undefined) return own;
  const { '.': points, ',': commas } = seen.ambiguous;
  if (points + commas === 0) return undefined;
  if (points > 0 && commas > 0) return 'both';
  const plausible = points > 0 ? '.' : ',';
  return others === undefined || others === 'both' || others === plausible ? plausible : 'both';
}

/** Spreadsheets separate cells by `;` where a comma stands before decimals. */
function usualMark(source: NumberSource): DecimalMark | undefined {
  if (source === ',') return '.';
  return source === ';' ? ',' : undefined;
}

function ruleOf(verdict: Verdict, source: NumberSource): NumberRule {
  const rule = verdict === '.' ? pointRule : verdict === ',' ? commaRule : undecided;
  return source === 'machine' ? { ...rule, '.': 'decimal' } : rule;
}

const undecided: NumberRule = { ',': 'unknown', '.': 'unknown' };

function createScaleEvidence() {
  const seen = { between: false, one: false, beyond: false };
  return {
    see: (value: number): void => {
      if (value > 0 && value < 1) seen.between = true;
      else if (value === 1) seen.one = true;
      else if (value !== 0) seen.beyond = true;
    },
    verdict: (): ProgressScale => {
      if (seen.beyond) return 'percent';
      if (seen.between) return 'fraction';
      return seen.one ? 'unknown' : 'percent';
    },
  };
}
