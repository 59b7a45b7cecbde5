/** Says in a line or two what somebody can do next, where the whole help would be too much. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardButton } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { paragraph } from '../blocks/card-blocks.ts';
import { commands, type CommandName } from './command-table.ts';

export type HintOccasion = 'greeted' | 'thanked' | 'noText' | 'othersMessage' | 'notUnderstood';

const helpButton = button({ verb: 'help' });
const listButton = button({ verb: 'list' });

const hints: Readonly<
  Record<HintOccasion, { readonly text: string; readonly buttons: readonly CardButton[] }>
> = {
  greeted: {
    text: 'Hello! Paste a Viva Goals link, or send me a file that you exported earlier.',
    buttons: [helpButton, listButton],
  },
  thanked: { text: 'Happy to help! Say “list” to see your exports.', buttons: [] },
  noText: {
    text: 'I can’t see a link there. Paste it as text, or send me a CSV or Excel file.',
    buttons: [helpButton, listButton],
  },
  othersMessage: {
    text: 'I can’t see a link there, and I can’t read other people’s messages. Paste the link into yours.',
    buttons: [helpButton],
  },
  notUnderstood: {
    text: 'I didn’t understand that. Paste a Viva Goals link, send me a file, or say “help”.',
    buttons: [helpButton, listButton],
  },
};

/** In groups and channels the bot hears mentions only, and takes no files. */
const whereOthersAre: Readonly<Partial<Record<HintOccasion, string>>> = {
  greeted: 'Hello! Mention me with a Viva Goals link.',
  notUnderstood: 'I didn’t understand that. Mention me with a Viva Goals link, or with “help”.',
};

export function hintCard(occasion: HintOccasion, scope: 'personal' | 'shared' = 'personal'): Card {
  const { text: usual, buttons } = hints[occasion];
  const text = scope === 'shared' ? (whereOthersAre[occasion] ?? usual) : usual;
  return createCard({
    summary: text.replace(/[.:!?] .*/, ''),
    speak: text,
    body: [paragraph(text)],
    actions: buttons,
  });
}

/** Nothing is done before the person has confirmed it. */
export function nearestCommandCard(command: CommandName): Card {
  const { words, press } = commands[command];
  const text = `I didn’t understand that. Did you mean “${words[0]}”?`;
  const actions = press === undefined ? [] : [button(press)];
  return createCard({ summary: text, body: [paragraph(text)], actions });
}
