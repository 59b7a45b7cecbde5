/** Decides from all cells of a file whether the day or the month comes first in its dates. */
import { parseDay, type DayOrder } from './read-day.ts';

/** `unknown`: both orders occur. Undefined: nothing says so. */
export type DayVerdict = DayOrder | 'unknown' | undefined;

export function createDayEvidence<Field extends string>() {
  const columns = new Map<Field, ReadonlySet<DayOrder>>();
  return {
    see: (field: Field, text: string): void => {
      const written = parseDay(text);
      if (written?.kind !== 'day' || written.order === undefined) return;
      columns.set(field, new Set([...(columns.get(field) ?? []), written.order]));
    },
    /** A column's own dates decide; where they do not, those of the other columns. */
    orders: (): ((field: Field) => DayVerdict) => {
      const all = verdictOf(new Set([...columns.values()].flatMap((orders) => [...orders])));
      return function ordersOf(field) {
        return verdictOf(columns.get(field) ?? new Set()) ?? all;
      };
    },
  };
}

function verdictOf(orders: ReadonlySet<DayOrder>): DayVerdict {
  const [first, second] = orders;
  return second === undefined ? first : 'unknown';
}
