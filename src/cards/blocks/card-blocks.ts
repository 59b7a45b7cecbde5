/** Builds the parts that all cards share: banners, paragraphs, rows, folds, link buttons. */
import type {
  CardElement,
  ColumnSet,
  Container,
  FactSet,
  Fold,
  OpenUrl,
  RichTextBlock,
  TextBlock,
  Tone,
} from './adaptive-card.ts';
import type { Spacing } from './placed.ts';
import { plainText } from './untrusted-text.ts';

/** A paragraph of our own words. */
export const paragraph = (text: string, spacing: Spacing = 'Small'): TextBlock => ({
  type: 'TextBlock',
  text,
  wrap: true,
  spacing,
});

/** A list of short sentences. */
export const bullets = (texts: readonly string[]): readonly TextBlock[] =>
  texts.map((text, index) => paragraph(`• ${text}`, index === 0 ? 'Medium' : 'Small'));

/** A line beside the point. */
export const footnote = (text: string, spacing: Spacing = 'Medium'): TextBlock => ({
  type: 'TextBlock',
  text,
  wrap: true,
  spacing,
  size: 'Small',
  isSubtle: true,
});

/** Names a part of a longer card. */
export const heading = (text: string, spacing: Spacing = 'Medium'): TextBlock => ({
  type: 'TextBlock',
  text,
  wrap: true,
  spacing,
  size: 'Medium',
  weight: 'Bolder',
  style: 'heading',
});

export interface Banner {
  readonly tone: Tone;
  /** One symbol; the title says the same in words. */
  readonly icon: string;
  readonly title: string;
  readonly lead?: string;
}

/** The first thing on a card: its state, large and in plain words. */
export function banner({ tone, icon, title, lead }: Banner): Container {
  const items: CardElement[] = [
    {
      type: 'TextBlock',
      text: `${icon}  ${title}`,
      wrap: true,
      size: 'Large',
      weight: 'Bolder',
      style: 'heading',
    },
  ];
  if (lead !== undefined) items.push(paragraph(lead));
  return { type: 'Container', style: tone, bleed: true, items };
}

/** Untrusted text, or anything that must not be read as Markdown. */
export const data = (text: string, fontType: 'Default' | 'Monospace' = 'Default'): RichTextBlock => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text: plainText(text), fontType }],
});

/** A link inside the text. The address must be ours. */
export const link = (text: string, url: string): RichTextBlock => ({
  type: 'RichTextBlock',
  inlines: [
    {
      type: 'TextRun',
      text,
      color: 'Accent',
      underline: true,
      selectAction: { type: 'Action.OpenUrl', url },
    },
  ],
});

/** A name and its value, side by side also on a narrow screen. */
export const row = (name: string, value: string | CardElement, spacing: Spacing = 'Small'): ColumnSet => ({
  type: 'ColumnSet',
  spacing,
  columns: [
    {
      type: 'Column',
      width: '104px',
      items: [rowName(name, typeof value === 'string' ? 'TextBlock' : value.type)],
    },
    {
      type: 'Column',
      width: 'stretch',
      items: [typeof value === 'string' ? { type: 'TextBlock', text: value, wrap: true } : value],
    },
  ],
});

/** Of the same kind as its value: the two kinds of text stand on different base lines. */
const rowName = (name: string, beside: CardElement['type']): CardElement =>
  beside === 'RichTextBlock'
    ? { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: name, isSubtle: true }] }
    : { type: 'TextBlock', text: name, wrap: true, isSubtle: true };

/** A row only when there is something to say. */
export const rowIf = (name: string, value: string | CardElement | undefined): readonly ColumnSet[] =>
  value === undefined ? [] : [row(name, value)];

/** Rows that belong together, with air around them. */
export function rowGroup(rows: readonly ColumnSet[]): readonly Container[] {
  if (rows.length === 0) return [];
  const items = rows.map((one, index) => (index === 0 ? { ...one, spacing: 'None' as const } : one));
  return [{ type: 'Container', spacing: 'Medium', items }];
}

/** Many names, each with a few words of ours. A client gives the room to the longer column, and would break every name. */
export const factTable = (facts: readonly (readonly [name: string, value: string])[]): FactSet => ({
  type: 'FactSet',
  spacing: 'Small',
  facts: facts.map(([name, value]) => ({ title: unbroken(name), value })),
});

/** Characters of bold letters that fit beside their value on a narrow card. */
const fittingLength = 18;

const unbroken = (name: string): string =>
  name.length > fittingLength ? name : name.replaceAll(' ', '\u00a0');

/** A part that waits behind a button; nothing when there is nothing in it. @param id once in a card */
export function fold(id: string, title: string, items: readonly CardElement[]): readonly Fold[] {
  if (items.length === 0) return [];
  return [
    {
      toggle: { type: 'Action.ToggleVisibility', title, targetElements: [id] },
      hidden: { type: 'Container', id, isVisible: false, style: 'emphasis', spacing: 'Medium', items },
    },
  ];
}

/** A button that opens a web page; none for anything but http and https. */
export function linkButton(
  title: string,
  address: string,
  style: OpenUrl['style'] = 'default',
): readonly OpenUrl[] {
  const url = webAddress(address);
  return url === undefined ? [] : [{ type: 'Action.OpenUrl', title, url, style }];
}

export function webAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
