/** Writes the sheet that says in a few figures where the OKRs stand. */
import { knownStatuses } from '../../../domain/okrs/reading/okr-row.ts';
import type { Attention, OkrSummary } from '../../../domain/okrs/reading/okr-summary.ts';
import { isOfTasks } from '../../../domain/okrs/summary/told-figures.ts';
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
import type { Words } from '../../../words/words.ts';

export interface SummaryContent {
  readonly summary: OkrSummary;
  readonly source: string;
  readonly asOf: Date;
  /** Sentences. */
  readonly leftOut: readonly string[];
}

const widths = [50, 22, 22, 14, 58];

export async function writeSummarySheet(
  words: Words,
  workbook: OpenWorkbook,
  content: SummaryContent,
): Promise<void> {
  const { names, summary } = words.sheets;
  const sheet = workbook.addSheet({ name: names.summary, tab: headerFill, widths });
  await sheet.add([textCell(summary.title, styles.title)], { spanning: true });
  for (const row of figuresOf(words, content)) await sheet.add(row.map(linedCell));
  await writeStatuses(words, sheet, content.summary);
  await writeAttention(words, sheet, content.summary);
  if (content.leftOut.length > 0) {
    await heading(sheet, summary.leftOut);
    for (const sentence of content.leftOut) await sheet.add([textCell(sentence)], { spanning: true });
  }
  sheet.end();
}

async function heading(sheet: Sheet, text: string): Promise<void> {
  await sheet.addSpace();
  await sheet.add([textCell(text, styles.heading)], { spanning: true });
}

type Row = readonly (Cell | undefined)[];

function figuresOf(
  { sheets, figures: said }: Words,
  { summary, source, asOf }: SummaryContent,
): readonly Row[] {
  const { averageProgress, gaps } = summary;
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
    [textCell(sheets.summary.source, styles.quiet), textCell(source, styles.unwrapped)],
    [textCell(said.asOf, styles.quiet), momentCell(asOf)],
    figure(said.all('row'), summary.rows),
    ...levelsOf(summary).map(({ what, amount }) => figure(said.all(what), amount)),
    average === undefined
      ? unknown(said.names.averageProgress)
      : [textCell(said.names.averageProgress, styles.quiet), average],
    figureOrUnknown(said.names.overdue, known('End Date') ? summary.overdue : undefined),
    ...(isOfTasks(summary)
      ? [
          figureOrUnknown(said.names.dueSoon, summary.dueSoon),
          figureOrUnknown(said.names.noOwner, known('Owner') ? summary.withoutOwner : undefined),
          figureOrUnknown(said.names.noDueDate, summary.withoutDueDate),
        ]
      : [figureOrUnknown(said.names.noCheckIn, known('Last Check-in') ? summary.withoutCheckIn : undefined)]),
  ];
}

/** Objectives and key results also where there are none, but not where there could be none. */
function levelsOf(summary: OkrSummary) {
  const { objectives, keyResults, others } = summary;
  const all = [
    { what: 'objective', figures: objectives, isTold: !isOfTasks(summary) || objectives.count > 0 },
    { what: 'keyResult', figures: keyResults, isTold: !isOfTasks(summary) },
    { what: 'other', figures: others, isTold: others.count > 0 },
  ] as const;
  return all.filter(({ isTold }) => isTold).map((one) => ({ ...one, amount: one.figures.count }));
}

async function writeStatuses(
  { sheets, figures: said }: Words,
  sheet: Sheet,
  summary: OkrSummary,
): Promise<void> {
  const counted = levelsOf(summary);
  const levels = counted.map(({ figures }) => figures);
  const names = counted.map(({ what }) => said.all(what));
  const found = new Set(levels.flatMap(({ byStatus }) => byStatus.map(({ status }) => status)));
  const known = new Set<string>(knownStatuses);
  const statuses = [
    ...knownStatuses.filter((status) => found.has(status)),
    ...[...found].filter((status) => !known.has(status)),
  ];
  await heading(sheet, said.byStatus);
  await sheet.add(
    [{ header: sheets.summary.status }, ...names.map((header) => ({ header, right: true }))].map(headerCell),
  );
  for (const status of statuses) {
    const counts = levels.map(({ byStatus }) => byStatus.find((item) => item.status === status)?.count ?? 0);
    await sheet.add(
      [status === '' ? textCell(said.statuses.none) : statusCell(status), ...counts.map(countCell)].map(
        linedCell,
      ),
    );
  }
  const unread = levels.map((level) => level.unread ?? 0);
  if (unread.some((count) => count > 0))
    await sheet.add([textCell(said.statuses.unknown), ...unread.map(countCell)].map(linedCell));
}

async function writeAttention(
  words: Words,
  sheet: Sheet,
  { attention, unjudged = 0 }: OkrSummary,
): Promise<void> {
  const { needsAttention, unjudged: tellUnjudged } = words.figures;
  await heading(sheet, needsAttention);
  if (attention.length > 0) await listAttention(words, sheet, attention);
  else if (unjudged === 0) await sheet.add([textCell(words.sheets.summary.nothing)], { spanning: true });
  if (unjudged > 0) await sheet.add([textCell(tellUnjudged(unjudged))], { spanning: true });
}

async function listAttention(
  { sheets: { summary, levels }, figures }: Words,
  sheet: Sheet,
  attention: readonly Attention[],
): Promise<void> {
  const { okr, type, owner: ownerName, progress: progressName, why } = summary.columns;
  const figure = { header: progressName, right: true };
  await sheet.add(
    [{ header: okr }, { header: type }, { header: ownerName }, figure, { header: why }].map(headerCell),
  );
  for (const { title, level, owner, progress, reasons, unread = [] } of attention) {
    await sheet.add(
      [
        textCell(title, styles.strong),
        textCell(levels[level]),
        textCell(owner),
        percentCell(progress),
        textCell(
          [...reasons.map((one) => figures.reason(one)), ...unread.map((fact) => figures.unread[fact])].join(
            ' · ',
          ),
        ),
      ].map(linedCell),
    );
  }
}
