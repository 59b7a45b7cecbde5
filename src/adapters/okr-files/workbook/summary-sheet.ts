/** Writes the sheet that says in a few figures where the OKRs stand. */
import { knownStatuses } from '../../../domain/okrs/reading/okr-row.ts';
import type { Attention, OkrSummary } from '../../../domain/okrs/reading/okr-summary.ts';
import { headerFill, styles } from './cell-styles.ts';
import {
  countCell,
  headerCell,
  linedCell,
  momentCell,
  percentCell,
  statusCell,
  textCell,
  type Cell,
} from './cells.ts';
import type { OpenWorkbook } from './open-workbook.ts';
import type { Sheet } from './sheet.ts';
import { inGroups, levelWords, noStatus, reasonWords, sheetNames, unreadWords } from './sheet-words.ts';

export interface SummaryContent {
  readonly summary: OkrSummary;
  readonly source: string;
  readonly asOf: Date;
  /** Sentences. */
  readonly leftOut: readonly string[];
}

const widths = [50, 22, 22, 14, 58];

export async function writeSummarySheet(workbook: OpenWorkbook, content: SummaryContent): Promise<void> {
  const sheet = workbook.addSheet({ name: sheetNames.summary, tab: headerFill, widths });
  await sheet.add([textCell('OKR summary', styles.title)], { spanning: true });
  for (const row of figures(content)) await sheet.add(row.map(linedCell));
  await writeStatuses(sheet, content.summary);
  await writeAttention(sheet, content.summary);
  if (content.leftOut.length > 0) {
    await heading(sheet, 'What is left out');
    for (const sentence of content.leftOut) await sheet.add([textCell(sentence)], { spanning: true });
  }
  sheet.end();
}

async function heading(sheet: Sheet, text: string): Promise<void> {
  await sheet.addSpace();
  await sheet.add([textCell(text, styles.heading)], { spanning: true });
}

const noCheckIn = 'No check-in for 14 days';

type Row = readonly (Cell | undefined)[];

function figures({ summary, source, asOf }: SummaryContent): readonly Row[] {
  const { averageProgress, objectives, keyResults, others, gaps } = summary;
  const figure = (label: string, value: number): Row => [
    textCell(label, styles.quiet),
    { value, style: styles.figure },
  ];
  const unknown = (label: string): Row => [textCell(label, styles.quiet), textCell('–', styles.strong)];
  const figureOrUnknown = (label: string, value: number | undefined): Row =>
    value === undefined ? unknown(label) : figure(label, value);
  const known = (column: string): boolean =>
    !gaps.some((gap) => gap.kind === 'noColumn' && gap.column === column);
  const average = percentCell(averageProgress, styles.percentFigure);
  return [
    [textCell('Source', styles.quiet), textCell(source, styles.unwrapped)],
    [textCell('Data as of', styles.quiet), momentCell(asOf)],
    figure('Rows', summary.rows),
    figure('Objectives', objectives.count),
    figure('Key results', keyResults.count),
    ...(others.count === 0 ? [] : [figure('Other', others.count)]),
    average === undefined
      ? unknown('Average progress')
      : [textCell('Average progress', styles.quiet), average],
    figureOrUnknown('Overdue', known('End Date') ? summary.overdue : undefined),
    figureOrUnknown(noCheckIn, known('Last Check-in') ? summary.withoutCheckIn : undefined),
  ];
}

async function writeStatuses(sheet: Sheet, summary: OkrSummary): Promise<void> {
  const levels = [
    summary.objectives,
    summary.keyResults,
    ...(summary.others.count === 0 ? [] : [summary.others]),
  ];
  const names = ['Objectives', 'Key results', ...(summary.others.count === 0 ? [] : ['Other'])];
  const found = new Set(levels.flatMap(({ byStatus }) => byStatus.map(({ status }) => status)));
  const known = new Set<string>(knownStatuses);
  const statuses = [
    ...knownStatuses.filter((status) => found.has(status)),
    ...[...found].filter((status) => !known.has(status)),
  ];
  await heading(sheet, 'By status');
  await sheet.add(
    [{ header: 'Status' }, ...names.map((header) => ({ header, right: true }))].map(headerCell),
  );
  for (const status of statuses) {
    const counts = levels.map(({ byStatus }) => byStatus.find((item) => item.status === status)?.count ?? 0);
    await sheet.add(
      [status === '' ? textCell(noStatus) : statusCell(status), ...counts.map(countCell)].map(linedCell),
    );
  }
  const unread = levels.map((level) => level.unread ?? 0);
  if (unread.some((count) => count > 0))
    await sheet.add([textCell('(unknown)'), ...unread.map(countCell)].map(linedCell));
}

const attentionColumns = [
  { header: 'OKR' },
  { header: 'Type' },
  { header: 'Owner' },
  { header: 'Progress', right: true },
  { header: 'Why' },
];

async function writeAttention(sheet: Sheet, { attention, unjudged = 0 }: OkrSummary): Promise<void> {
  await heading(sheet, 'Needs attention');
  if (attention.length > 0) await listAttention(sheet, attention);
  else if (unjudged === 0) await sheet.add([textCell('Nothing stands out.')], { spanning: true });
  if (unjudged > 0) {
    const rows = unjudged === 1 ? '1 row' : `${inGroups(unjudged)} rows`;
    const text = `–: for ${rows} I can’t tell, as some values could not be read.`;
    await sheet.add([textCell(text)], { spanning: true });
  }
}

async function listAttention(sheet: Sheet, attention: readonly Attention[]): Promise<void> {
  await sheet.add(attentionColumns.map(headerCell));
  for (const { title, level, owner, progress, reasons, unread = [] } of attention) {
    await sheet.add(
      [
        textCell(title, styles.strong),
        textCell(levelWords[level]),
        textCell(owner),
        percentCell(progress),
        textCell([...reasons.map(reasonWords), ...unread.map((fact) => unreadWords[fact])].join(' · ')),
      ].map(linedCell),
    );
  }
}
