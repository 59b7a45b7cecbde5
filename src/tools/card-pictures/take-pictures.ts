/** Draws cards with the real renderer in a browser, sheet by sheet, and saves each sheet as a picture. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import type { Look } from './looks.ts';
import { hostConfig, styleSheet } from './looks.ts';

const cardsOnASheet = 9;
const columns = 3;
const renderer = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');

/** Runs in the page; as text because it uses the page's globals. */
const drawing = (cards: readonly (readonly [string, Card])[], config: object): string => `
  const cards = ${JSON.stringify(cards)};
  for (const [name, json] of cards) {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(${JSON.stringify(config)});
    card.parse(json);
    const figure = document.body.appendChild(document.createElement('figure'));
    figure.appendChild(document.createElement('figcaption')).textContent = name;
    const frame = figure.appendChild(document.createElement('div'));
    frame.className = 'card';
    frame.appendChild(card.render());
  }`;

async function takeSheet(
  browser: Browser,
  look: Look,
  cards: readonly (readonly [string, Card])[],
  file: string,
): Promise<void> {
  const width = columns * (look.width + 24) + 24;
  const page = await browser.newPage({
    viewport: { width, height: 400 },
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  await page.setContent(`<!doctype html><title>Cards</title><style>${styleSheet(look)}</style>`);
  await page.addScriptTag({ path: renderer });
  await page.evaluate(drawing(cards, hostConfig(look)));
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
}

/** @returns the files that were written */
export async function takePictures(given: {
  readonly cards: Readonly<Record<string, Card>>;
  readonly looks: readonly Look[];
  readonly folder: string;
  readonly chromiumPath: string;
}): Promise<readonly string[]> {
  const browser = await chromium.launch({
    executablePath: given.chromiumPath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const files: string[] = [];
  try {
    const cards = Object.entries(given.cards);
    for (const look of given.looks)
      for (let from = 0; from < cards.length; from += cardsOnASheet) {
        const number = String(from / cardsOnASheet + 1).padStart(2, '0');
        const file = path.join(given.folder, `${look.name}-${number}.png`);
        await takeSheet(browser, look, cards.slice(from, from + cardsOnASheet), file);
        files.push(file);
      }
  } finally {
    await browser.close();
  }
  return files;
}
