// Makes the pictures of the store's listing out of the sandbox, in a browser: `npm run screenshots`. They are in store-pictures then.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openSandboxChat, type SandboxChat } from '../support/app/sandbox-chat.ts';
import { launchBrowser } from '../support/mocha/browser.ts';
import { converse, narrowCards, planLink, takeColumns } from './conversation.ts';
import { frame, phoneFrame } from './frame.ts';
import { listingPictures, listingSize, phonePicture, phoneSize, pictureProblems } from './listing.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const root = path.join(import.meta.dirname, '..', '..');
const folder = path.join(root, 'store-pictures');

/** Tall, so that a card is seen whole; sharp, since it is drawn larger. */
const look = { viewport: { width: 1280, height: 2000 }, deviceScaleFactor: 2, locale: 'en-GB' };

async function keep(file: string, bytes: Buffer, size: typeof listingSize): Promise<void> {
  const problems = pictureProblems(bytes, size);
  if (problems.length > 0) throw new Error(`${file} ${problems.join(', ')}`);
  await writeFile(path.join(folder, file), bytes);
  say(`${file}: ${size.width} × ${size.height}, ${Math.ceil(bytes.length / 1024)} KB`);
}

async function takeAll(browser: Browser, chat: SandboxChat): Promise<void> {
  const icon = await readFile(path.join(root, 'appPackage', 'color.png'));
  const page = await browser.newPage({ viewport: listingSize });
  for (const picture of listingPictures(planLink)) {
    if (picture.narrow) await narrowCards(chat);
    const columns = await takeColumns(chat, picture.columns);
    await page.setContent(frame({ ...picture, columns, icon }));
    await keep(picture.file, await page.screenshot(), listingSize);
    if (!picture.narrow) continue;
    await page.setViewportSize(phoneSize);
    await page.setContent(phoneFrame(columns[0] ?? [], icon));
    await keep(phonePicture, await page.screenshot(), phoneSize);
    await page.setViewportSize(listingSize);
  }
  await page.close();
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder);
const browser = await launchBrowser();
try {
  const chat = await openSandboxChat(browser, look);
  try {
    await converse(chat);
    await takeAll(browser, chat);
  } finally {
    await chat.close();
  }
} finally {
  await browser.close();
}
say(`In ${folder}`);
