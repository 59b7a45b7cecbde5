/** Holds the conversation that the listing shows, in the sandbox, and takes its cards as pictures. */
import type { Locator } from 'playwright-core';
import { planScenarios } from '../../src/sandbox/planner/plan-scenarios.ts';
import type { SandboxChat } from '../support/app/sandbox-chat.ts';
import type { ShownTurn } from './frame.ts';
import { phoneSize, type Turn } from './listing.ts';

const [festival] = planScenarios;

export const planLink = festival.url;

/** Teams' own fonts and tints, which this client does not have; and nothing of the client around them. */
const asInTeams = `
  .ac-adaptiveCard, .ac-adaptiveCard * { font-family: 'Segoe UI', 'Liberation Sans', sans-serif !important; }
  .ac-adaptiveCard { background: #fff !important; }
  .ac-adaptiveCard a { color: #4f52b2 !important; }
  [style*="rgb(204, 255, 204)"] { background-color: #e7f2da !important; }
`;

/** Two runs a week apart, with a name and a schedule, as somebody would do it. */
export async function converse(chat: SandboxChat): Promise<void> {
  const { page, send, signIn, cardSaying } = chat;
  await page.addStyleTag({ content: asInTeams });
  await setForward(chat, 'To tomorrow, 9:00');
  await send(planLink);
  await signIn();
  await cardSaying('Open plan Orchard festival', 'average progress').waitFor();
  await send('save as Orchard festival');
  await cardSaying('Done. Write').waitFor();
  await setForward(chat, 'To next Monday, 9:00');
  await send('export Orchard festival');
  await cardSaying('Open plan Orchard festival', /What changed since/).waitFor();
  await send('schedule Orchard festival mondays 9:00 if changed');
  await cardSaying('Scheduled', 'Next run').waitFor();
  for (const [said, answer] of [
    ['views', 'What you have named'],
    ['list', 'Your exports'],
    ['schedules', 'Your schedules'],
  ] as const) {
    await send(said);
    await cardSaying(answer).waitFor();
  }
}

async function setForward({ context, sandbox }: SandboxChat, leap: string): Promise<void> {
  const pages = await context.newPage();
  await pages.goto(sandbox.pagesUrl);
  await pages.getByRole('button', { name: leap }).click();
  await pages.getByRole('heading', { name: 'The clock was set forward' }).waitFor();
  await pages.close();
}

async function pictureOf(card: Locator): Promise<ShownTurn['card']> {
  await card.scrollIntoViewIfNeeded();
  const png = await card.screenshot({ animations: 'disabled' });
  const { width, height } = (await card.boundingBox()) ?? { width: 0, height: 0 };
  return { png, width, height };
}

export async function takeColumns(
  chat: SandboxChat,
  columns: readonly (readonly Turn[])[],
): Promise<readonly (readonly ShownTurn[])[]> {
  const shown: ShownTurn[][] = [];
  for (const turns of columns) {
    const taken: ShownTurn[] = [];
    for (const { wrote, card } of turns)
      taken.push({ wrote, card: await pictureOf(chat.cardSaying(...card)) });
    shown.push(taken);
  }
  return shown;
}

const margins = 32;

/** From now on: this client itself has no such narrow window. */
export async function narrowCards({ page }: SandboxChat): Promise<void> {
  const width = `${phoneSize.width - margins}px`;
  await page.addStyleTag({ content: `.ac-adaptiveCard { width: ${width} !important; }` });
}
