/** Makes an Excel file of an export, as the web export writes one: typed figures, and an Id that is a link. */
import { parse } from 'csv-parse/sync';

const numeric = ['Target', 'Start', 'Progress %', 'Score'];

export const workbookFrom = async (csv: Buffer): Promise<Buffer> => {
  // Takes half a second to load, and most sandboxes never need it.
  const { Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('Objectives');
  const [header = [], ...rows] = parse(csv, { relax_column_count: true });
  sheet.addRow(header);
  for (const row of rows) sheet.addRow(row.map((text, index) => cell(header[index] ?? '', text)));
  return Buffer.from(await workbook.xlsx.writeBuffer());
};

const cell = (column: string, text: string) => {
  if (text === '') return null;
  if (column === 'Id') {
    const link = `https://goals.microsoft.com/objective/${text}`;
    return { formula: `HYPERLINK("${link}","${text}")`, result: text };
  }
  return numeric.includes(column) ? Number(text.replaceAll(',', '')) : text;
};
