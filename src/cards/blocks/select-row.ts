/** Builds rows that lead somewhere when they are pressed: lists stay short of buttons, of which a card has six at most. */
import type { CardButton, CardElement, Column, ColumnSet, SelectAction } from './adaptive-card.ts';
import { footnote, paragraph } from './card-blocks.ts';

/** As many as Teams shows beside one another, and its store allows. Source: "Microsoft Teams store validation guidelines", bots. */
export const maxButtons = 6;

/** An arrow tells that it leads somewhere. @param button beside the row */
export function selectRow(
  select: SelectAction,
  items: readonly CardElement[],
  button?: CardButton,
): ColumnSet {
  const row = [{ type: 'Column', width: 'stretch', items } as const, arrow];
  const placed = { type: 'ColumnSet', separator: true, spacing: 'Medium' } as const;
  if (button === undefined) return { ...placed, selectAction: select, columns: row };
  const pressed: Column = {
    type: 'Column',
    width: 'stretch',
    items: [{ type: 'ColumnSet', columns: row }],
    selectAction: select,
  };
  const buttonBeside: Column = {
    type: 'Column',
    width: 'auto',
    verticalContentAlignment: 'Center',
    items: [{ type: 'ActionSet', actions: [button] }],
  };
  return { ...placed, columns: [pressed, buttonBeside] };
}

const arrow: Column = {
  type: 'Column',
  width: 'auto',
  verticalContentAlignment: 'Center',
  items: [{ type: 'TextBlock', text: '›', wrap: true, size: 'Large', isSubtle: true }],
};

/** A button's work where there is no room for one more button. */
export const actionRow = (select: SelectAction, tells?: string): ColumnSet =>
  selectRow(select, [
    { ...paragraph(select.title, 'None'), weight: 'Bolder' },
    ...(tells === undefined ? [] : [footnote(tells, 'None')]),
  ]);

/** A word beside a line that can be pressed. */
export const selectWord = (select: SelectAction): Column => ({
  type: 'Column',
  width: 'auto',
  verticalContentAlignment: 'Center',
  selectAction: select,
  items: [
    {
      type: 'RichTextBlock',
      inlines: [{ type: 'TextRun', text: select.title, color: 'Accent', underline: true }],
    },
  ],
});

/** Such a word alone: a way back, which takes no button's room. */
export const wordRow = (select: SelectAction): ColumnSet => ({
  type: 'ColumnSet',
  spacing: 'Medium',
  columns: [selectWord(select)],
});
