/** Answers for *Save to OneDrive*: the choice of what to save, hidden until it is wanted. */
import type { CardButton, CardElement, ToggleVisibility } from './adaptive-card.ts';
import { paragraph } from './card-blocks.ts';

const id = 'save-to-onedrive';

/** @param choices the buttons to save a workbook, a CSV, the original */
export function saveBlock(choices: readonly CardButton[]): {
  readonly toggle: readonly ToggleVisibility[];
  readonly hidden: readonly CardElement[];
} {
  if (choices.length === 0) return { toggle: [], hidden: [] };
  return {
    toggle: [{ type: 'Action.ToggleVisibility', title: 'Save to OneDrive', targetElements: [id] }],
    hidden: [
      {
        ...{ type: 'Container', id, isVisible: false, style: 'emphasis', spacing: 'Medium' },
        items: [
          paragraph('What shall I save? I ask once more before anything is stored in your OneDrive.'),
          { type: 'ActionSet', spacing: 'Small', actions: choices },
        ],
      },
    ],
  };
}
