/** Workbooks for tests, part by part, so that odd and hostile ones can be made too. */
import { strToU8, zipSync, type Zippable } from 'fflate';

const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export interface WorkbookOptions {
  /** The inside of `sheetData`, one for each sheet. */
  readonly sheets: readonly string[];
  /** `visible`, `hidden` or `veryHidden`, in the order of the sheets. */
  readonly states?: readonly string[];
  /** `<si>` elements. */
  readonly sharedStrings?: string;
  /** `<numFmts>` and `<cellXfs>`. */
  readonly styles?: string;
  readonly is1904?: boolean;
  /** Where the workbook's own part is, when not where it usually is. */
  readonly main?: string;
  readonly extra?: Zippable;
}

export function workbookOf({
  sheets,
  states = [],
  sharedStrings,
  styles,
  is1904 = false,
  main: mainPart = 'xl/workbook.xml',
  extra = {},
}: WorkbookOptions): Buffer {
  const parts: Zippable = {
    '_rels/.rels': xml(
      `<Relationships xmlns="${relationships}">${relation('rId1', 'officeDocument', `/${mainPart}`)}</Relationships>`,
    ),
    [mainPart]: xml(
      `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr date1904="${is1904 ? '1' : '0'}"/><sheets>` +
        sheets
          .map(
            (_, nth) =>
              `<sheet name="S${nth}" sheetId="${nth + 1}" state="${states[nth] ?? 'visible'}" r:id="s${nth}"/>`,
          )
          .join('') +
        '</sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships xmlns="${relationships}">` +
        sheets.map((_, nth) => relation(`s${nth}`, 'worksheet', `worksheets/sheet${nth + 1}.xml`)).join('') +
        (sharedStrings === undefined ? '' : relation('t', 'sharedStrings', 'sharedStrings.xml')) +
        (styles === undefined ? '' : relation('f', 'styles', 'styles.xml')) +
        '</Relationships>',
    ),
    ...(sharedStrings === undefined
      ? {}
      : { 'xl/sharedStrings.xml': xml(`<sst xmlns="${main}">${sharedStrings}</sst>`) }),
    ...(styles === undefined
      ? {}
      : { 'xl/styles.xml': xml(`<styleSheet xmlns="${main}">${styles}</styleSheet>`) }),
    ...Object.fromEntries(
      sheets.map((rows, nth) => [
        `xl/worksheets/sheet${nth + 1}.xml`,
        xml(`<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`),
      ]),
    ),
    ...extra,
  };
  return Buffer.from(zipSync(parts));
}

const xml = (text: string): Uint8Array => strToU8(declaration + text);
const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;

/** Cells of text that the sheet itself holds. */
export const inlineRow = (...texts: readonly string[]): string =>
  `<row>${texts.map((text) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`).join('')}</row>`;

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/\r|_(?=x[0-9A-F]{4}_)/g, (found) => (found === '_' ? '_x005F_' : '_x000D_'));

/** The file on disk says so many unpacked bytes for each part, whatever they are: a lie in the table of contents. */
export function claiming(zip: Buffer, unpackedBytes: number): Buffer {
  const lying = Buffer.from(zip);
  for (let at = lying.indexOf('PK\x01\x02'); at !== -1; at = lying.indexOf('PK\x01\x02', at + 1)) {
    lying.writeUInt32LE(unpackedBytes, at + 24);
  }
  return lying;
}

/** Sets the flag of encryption on each part. */
export function markedEncrypted(zip: Buffer): Buffer {
  const marked = Buffer.from(zip);
  for (let at = marked.indexOf('PK\x01\x02'); at !== -1; at = marked.indexOf('PK\x01\x02', at + 1)) {
    marked.writeUInt16LE(marked.readUInt16LE(at + 8) | 1, at + 8);
  }
  return marked;
}
