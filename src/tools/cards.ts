// Pictures every card in every look into cards-pictures, with the real renderer in a browser: `npm run cards [-- <part of a card's name>]`.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import type { Card } from '../cards/blocks/adaptive-card.ts';
import { hostConfig, looks, styleSheet, type Look } from './card-pictures/looks.ts';
import { answerCards, exportCards, otherCards } from './card-pictures/sample-cards.ts';
import { fileCards } from './card-pictures/sample-files.ts';
import { scheduleCards } from './card-pictures/sample-schedules.ts';
import { subscriptionCards } from './card-pictures/sample-subscriptions.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'cards-pictures');
const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const part = process.argv[2] ?? '';
const cards = Object.entries({
  ...answerCards,
  ...fileCards,
  ...scheduleCards,
  ...subscriptionCards,
  ...exportCards,
  ...otherCards,
}).filter(([name]) => name.includes(part));
const cardsOnASheet = 9;
const columns = 3;
const renderer = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');

/** Runs in the page; as text because it uses the page's globals. */
const drawing = (onSheet: readonly (readonly [string, Card])[], config: object): string => `
  const cards = ${JSON.stringify(onSheet)};
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
  onSheet: readonly (readonly [string, Card])[],
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
  await page.evaluate(drawing(onSheet, hostConfig(look)));
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
}

/** Draws every card in every look, sheet by sheet; gives the number of pictures. */
async function takePictures(): Promise<number> {
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  let pictures = 0;
  try {
    for (const look of looks)
      for (let from = 0; from < cards.length; from += cardsOnASheet) {
        const number = String(from / cardsOnASheet + 1).padStart(2, '0');
        const file = path.join(folder, `${look.name}-${number}.png`);
        await takeSheet(browser, look, cards.slice(from, from + cardsOnASheet), file);
        pictures += 1;
      }
  } finally {
    await browser.close();
  }
  return pictures;
}

if (!existsSync(chromiumPath)) {
  console.error(
    `There is no Chromium at ${chromiumPath}: install the package chromium or set CHROMIUM_PATH.`,
  );
  process.exitCode = 1;
} else if (cards.length === 0) {
  console.error(`No card's name contains “${part}”.`);
  process.exitCode = 1;
} else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const pictures = await takePictures();
  console.log(`${cards.length} cards on ${pictures} pictures in ${folder}`);
}
