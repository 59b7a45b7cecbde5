/** Reads a workbook back by another road than the one that wrote it: unpacked, and its XML parsed strictly. */
import { unzipSync } from 'fflate';
import sax from 'sax';
import { unescapeXlsx } from '../../../../src/adapters/okr-files/xlsx/shared-texts.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

interface OpenedCell {
  readonly value: string | number;
  /** Number format. */
  readonly format: string;
  readonly fill: string | undefined;
  readonly ink: string | undefined;
  readonly indent: number;
  readonly link: string | undefined;
}

export interface OpenedSheet {
  readonly name: string;
  /** By row and column, both from 0; what is empty is undefined. */
  readonly rows: readonly (readonly (OpenedCell | undefined)[])[];
  readonly filter: string | undefined;
  readonly folds: readonly number[];
  readonly frozen: Readonly<Record<string, string>> | undefined;
  /** The elements of the sheet, in their order. */
  readonly parts: readonly string[];
  readonly hasFormulas: boolean;
}

/** Throws where a part is no XML at all. */
export function openWorkbookFile(bytes: Uint8Array): readonly OpenedSheet[] {
  const parts = unzipSync(bytes);
  const partAt = (path: string): Element | undefined => {
    const part = parts[path];
    return part === undefined ? undefined : parse(new TextDecoder('utf-8', { fatal: true }).decode(part));
  };
  const styles = stylesOf(partAt('xl/styles.xml'));
  const names = find(partAt('xl/workbook.xml'), 'sheet').map(({ attributes }) => attributes['name'] ?? '');
  return names.map((name, nth) => {
    const sheet = partAt(`xl/worksheets/sheet${nth + 1}.xml`);
    const targets = linkTargets(sheet, partAt(`xl/worksheets/_rels/sheet${nth + 1}.xml.rels`));
    const rows = find(sheet, 'row');
    return {
      name,
      rows: rows.map((row) => cellsOf(row, styles, targets)),
      filter: find(sheet, 'autoFilter')[0]?.attributes['ref'],
      folds: rows.map(({ attributes }) => Number(attributes['outlineLevel'] ?? 0)),
      frozen: find(sheet, 'pane')[0]?.attributes,
      parts: (sheet?.children ?? []).map(({ name: part }) => part),
      hasFormulas: find(sheet, 'f').length > 0,
    };
  });
}

function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const reader = sax.parser(true);
  reader.onerror = (error) => {
    throw error;
  };
  reader.onopentag = ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  };
  reader.onclosetag = () => void open.pop();
  reader.ontext = (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  reader.write(xml).close();
  return root.children[0] ?? root;
}

const find = (element: Element | undefined, name: string): readonly Element[] =>
  (element?.children ?? []).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...find(child, name),
  ]);

type Style = Pick<OpenedCell, 'format' | 'fill' | 'ink' | 'indent'>;

function stylesOf(styles: Element | undefined): readonly Style[] {
  const formats = new Map(
    find(styles, 'numFmt').map(({ attributes }) => [attributes['numFmtId'], attributes['formatCode'] ?? '']),
  );
  const builtIn = new Map([
    ['0', 'General'],
    ['3', '#,##0'],
    ['9', '0%'],
  ]);
  const fills = find(find(styles, 'fills')[0], 'fill').map(
    (fill) => find(fill, 'fgColor')[0]?.attributes['rgb'],
  );
  const inks = find(find(styles, 'fonts')[0], 'font').map(
    (font) => find(font, 'color')[0]?.attributes['rgb'],
  );
  return find(find(styles, 'cellXfs')[0], 'xf').map((xf) => {
    const id = xf.attributes['numFmtId'] ?? '0';
    return {
      format: formats.get(id) ?? builtIn.get(id) ?? `built in ${id}`,
      fill: fills[Number(xf.attributes['fillId'] ?? 0)],
      ink: inks[Number(xf.attributes['fontId'] ?? 0)],
      indent: Number(find(xf, 'alignment')[0]?.attributes['indent'] ?? 0),
    };
  });
}

function linkTargets(sheet: Element | undefined, rels: Element | undefined): ReadonlyMap<string, string> {
  const targets = new Map(
    find(rels, 'Relationship').map(({ attributes }) => [attributes['Id'], attributes['Target'] ?? '']),
  );
  return new Map(
    find(sheet, 'hyperlink').map(({ attributes }) => [
      attributes['ref'] ?? '',
      targets.get(attributes['r:id']) ?? '',
    ]),
  );
}

function cellsOf(
  row: Element,
  styles: readonly Style[],
  targets: ReadonlyMap<string, string>,
): readonly (OpenedCell | undefined)[] {
  const cells: (OpenedCell | undefined)[] = [];
  for (const cell of find(row, 'c')) {
    const type = cell.attributes['t'];
    const text = type === 'inlineStr' ? textOf(cell) : find(cell, 'v')[0]?.text;
    if (text === undefined) continue;
    const ref = cell.attributes['r'] ?? '';
    const style = styles[Number(cell.attributes['s'] ?? 0)];
    if (style === undefined) throw new Error(`${ref} has a style that is not there`);
    const value = type !== undefined ? unescapeXlsx(text) : Number(text);
    cells[columnOf(ref)] = { value, ...style, link: targets.get(ref) };
  }
  return Array.from(cells);
}

const textOf = (cell: Element): string =>
  find(cell, 't')
    .map(({ text }) => text)
    .join('');

const columnOf = (ref: string): number =>
  Array.from(ref.replace(/\d/g, '')).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
