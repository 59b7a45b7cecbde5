/** Makes files to hand to the bot: two views, each as it was a month ago and as it is now. */
import { parse } from 'csv-parse/sync';
import { contentFor } from '../graph/goals-content.ts';
import { calendarDay, dayMs } from '../okr-data/okr-record.ts';

export type SampleFile = Readonly<{
  id: string;
  what: string;
  name: string;
  bytes: () => Promise<Buffer>;
}>;

const goals = 'c7f0d9be-2a4e-4d51-93f4-6a1b7e5c2d80';
const product = 'd81fe0cf-3b5f-4e62-a405-7b2c8f6d3e91';
const monthMs = 30 * dayMs;

/** @param now milliseconds since 1970; the names carry the dates, as those of the web export do */
export const sampleFiles = (now: number): readonly SampleFile[] => [
  csv('goals-then', 'Company goals, as they were a month ago', now - monthMs),
  csv('goals-now', 'The same view today: shows what changed', now),
  workbook('product-then', 'Product goals as an Excel file, a month ago', now - monthMs),
  workbook('product-now', 'The same view today, as an Excel file', now),
];

const csv = (id: string, what: string, at: number): SampleFile => ({
  id,
  what,
  name: nameOf('Company goals', at, 'csv'),
  bytes: () => Promise.resolve(contentFor({ explorerViewId: goals, createdAt: at })),
});

const workbook = (id: string, what: string, at: number): SampleFile => ({
  id,
  what,
  name: nameOf('Product goals', at, 'xlsx'),
  bytes: () => workbookFrom(contentFor({ explorerViewId: product, createdAt: at, rows: 120 })),
});

/** `VivaGoals_<org number>_<view name>_<YYYY_MM_DD>_<unix seconds>` */
const nameOf = (view: string, at: number, extension: string): string =>
  `VivaGoals_4711_${view}_${calendarDay(at).replaceAll('-', '_')}_${Math.floor(at / 1000)}.${extension}`;

/** As the web export writes one: typed figures, and an Id that is a link. */
const workbookFrom = async (csv: Buffer): Promise<Buffer> => {
  // Takes half a second to load, and most sandboxes never need it.
  const { Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('Objectives');
  const [header = [], ...rows] = parse(csv, { relax_column_count: true });
  sheet.addRow(header);
  for (const row of rows) sheet.addRow(row.map((text, index) => cell(header[index] ?? '', text)));
  return Buffer.from(await workbook.xlsx.writeBuffer());
};

const numeric = ['Target', 'Start', 'Progress %', 'Score'];

const cell = (column: string, text: string) => {
  if (text === '') return null;
  if (column === 'Id') {
    const link = `https://goals.microsoft.com/objective/${text}`;
    return { formula: `HYPERLINK("${link}","${text}")`, result: text };
  }
  return numeric.includes(column) ? Number(text.replaceAll(',', '')) : text;
};
