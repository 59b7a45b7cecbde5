/** Reads from a file's name when it was exported. */
/** Viva Goals' own names: `…_2025_11_20_1763600000.csv`, the last number in Unix seconds. */
const vivaGoals = /_\d{4}_\d{2}_\d{2}_(\d{10})(?: ?\(\d{1,3}\))?\.(?:csv|xlsx)$/i;
/** Names of ours: `…_2026-11-24_2302Z.csv`, in UTC. */
const ours = /_(\d{4}-\d{2}-\d{2})_(\d{2})(\d{2})Z(?:_for_spreadsheets)?(?: ?\(\d{1,3}\))?\.(?:csv|xlsx)$/i;

/** The name without what these endings say. */
export const withoutMoment = (name: string): string =>
  name
    .replace(vivaGoals, '')
    .replace(ours, '')
    .replace(/\.(csv|xlsx)$/i, '');

/** Undefined when the name does not say, or says a time after `latest`. */
export function exportedAt(name: string, latest: Date): Date | undefined {
  const at = momentIn(name);
  return at === undefined || Number.isNaN(at.getTime()) || at > latest ? undefined : at;
}

function momentIn(name: string): Date | undefined {
  const seconds = vivaGoals.exec(name)?.[1];
  if (seconds !== undefined) return new Date(Number(seconds) * 1000);
  const [, day, hours, minutes] = ours.exec(name) ?? [];
  return day === undefined ? undefined : new Date(`${day}T${hours ?? ''}:${minutes ?? ''}:00Z`);
}
