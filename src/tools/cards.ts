// Pictures every card in every look into cards-pictures/: `npm run cards [-- <part of a card's name>]`.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { looks } from './card-pictures/looks.ts';
import { answerCards, exportCards, otherCards } from './card-pictures/sample-cards.ts';
import { fileCards } from './card-pictures/sample-files.ts';
import { takePictures } from './card-pictures/take-pictures.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'cards-pictures');
const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const part = process.argv[2] ?? '';
const cards = Object.fromEntries(
  Object.entries({ ...answerCards, ...fileCards, ...exportCards, ...otherCards }).filter(([name]) =>
    name.includes(part),
  ),
);

if (!existsSync(chromiumPath)) {
  console.error(
    `There is no Chromium at ${chromiumPath}: install the package chromium or set CHROMIUM_PATH.`,
  );
  process.exitCode = 1;
} else if (Object.keys(cards).length === 0) {
  console.error(`No card's name contains “${part}”.`);
  process.exitCode = 1;
} else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const files = await takePictures({ cards, looks, folder, chromiumPath });
  console.log(`${Object.keys(cards).length} cards on ${files.length} pictures in ${folder}`);
}
