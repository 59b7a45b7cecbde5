/** Reads Graph's timestamps, whose documented samples are malformed. */
const shape =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2})[:-](\d{2})[:-](\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$/i;
const firstSensibleYear = 2000;
const lastSensibleYear = 2200;

/**
 * Reads `2023-06-19T12:06:03.0024Z` and the documented `2023-06-19T12-06-03.0024Z`; without a zone it is UTC.
 * `undefined` for anything else, for impossible dates, and for years that mean "not set" (0001, 9999).
 */
export function parseGraphTime(text: unknown): Date | undefined {
  const parts = typeof text === 'string' ? shape.exec(text.trim()) : null;
  if (parts === null) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = '', zone = 'Z'] =
    parts;
  if (Number(year) < firstSensibleYear || Number(year) > lastSensibleYear) return undefined;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}`;
  // Date.parse rolls 31 February over: the round trip shows whether the date exists.
  const asUtc = new Date(`${local}Z`);
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString() !== `${local}Z`) return undefined;
  const exact = new Date(`${local}${withColon(zone.toUpperCase())}`);
  return Number.isNaN(exact.getTime()) ? undefined : exact;
}

const withColon = (zone: string): string =>
  /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
