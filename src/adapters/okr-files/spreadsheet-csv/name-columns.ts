/** Answers for the header of a CSV whose rows go on where its own header ends. */
import { readColumns } from '../../../domain/okrs/reading/columns.ts';

/**
 * The header, continued up to the widest row: what follows the last named column are further check-ins (`Check-in 2`,
 * `Check-in 3` …). An unnamed column before that stays unnamed.
 */
export function nameColumns(header: readonly string[], widest: number): readonly string[] {
  const columns = readColumns(header);
  if (columns === undefined) return header;
  const from = columns.furtherCheckInsFrom;
  const first = columns.fields.has('checkIns') ? 2 : 1;
  const further = Array.from({ length: Math.max(0, widest - from) }, (_, nth) => `Check-in ${first + nth}`);
  return [...header.slice(0, from), ...further];
}
