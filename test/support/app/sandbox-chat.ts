/** Gives suites the whole sandbox with its chat open in a browser, as a newcomer sees it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.ts';
import { preparedData } from '../databases/databases.ts';
import { testPort } from '../servers/test-port.ts';

export interface SandboxChat {
  readonly sandbox: Sandbox;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly cards: () => Locator;
  /** The newest card with all of these. */
  readonly cardSaying: (...texts: readonly (string | RegExp)[]) => Locator;
  readonly send: (text: string) => Promise<void>;
  /** Presses the newest button for it, and chooses the first person. */
  readonly signIn: () => Promise<void>;
  /** Presses Download on a card and opens the page that it links to. */
  readonly openDownloadPage: (card: Locator) => Promise<Page>;
}

/** @returns gives the chat once the first hook has run */
export function useSandboxChat(browser: () => Browser): () => SandboxChat {
  let chat: (SandboxChat & { readonly close: () => Promise<void> }) | undefined;
  before(async () => {
    chat = await openSandboxChat(browser());
  });
  after(() => chat?.close());
  return function theChat() {
    if (chat === undefined) throw new Error('The sandbox starts in the first hook');
    return chat;
  };
}

/** @param look of the window, where it is not to be the usual one */
export async function openSandboxChat(
  browser: Browser,
  look: BrowserContextOptions = {},
): Promise<SandboxChat & { readonly close: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'okr-export-sandbox-'));
  await preparedData(path.join(folder, 'data'));
  const sandbox = await startSandbox({ folder, port: await testPort() });
  const context = await browser.newContext({
    acceptDownloads: true,
    // In a narrower window this client folds the list of chats and channels away.
    viewport: { width: 1280, height: 900 },
    ...look,
  });
  context.setDefaultTimeout(180_000);
  const page = await context.newPage();
  await page.goto(sandbox.chatUrl);
  const close = async (): Promise<void> => {
    await context.close();
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...chatOn(sandbox, context, page), close };
}

function chatOn(sandbox: Sandbox, context: BrowserContext, page: Page): SandboxChat {
  const cards = (): Locator => page.locator('.ac-adaptiveCard');
  const opened = async (open: () => Promise<void>): Promise<Page> => {
    const next = context.waitForEvent('page');
    await open();
    return next;
  };
  return {
    sandbox,
    context,
    page,
    cards,
    cardSaying: (...texts) => texts.reduce((found, hasText) => found.filter({ hasText }), cards()).last(),
    send: async (text) => {
      await page.getByRole('textbox').last().fill(text);
      await page.getByRole('button', { name: 'Send Message' }).click();
    },
    signIn: async () => {
      const button = page.getByRole('button', { name: /^Sign in/ }).last();
      const entra = await opened(() => button.click());
      await entra.getByRole('button', { name: sandboxPeople[0].name }).click();
      await entra.getByText('You are signed in').waitFor();
      await entra.close();
    },
    openDownloadPage: async (card) => {
      await card.getByRole('button', { name: 'Download' }).click();
      return opened(() => card.getByRole('link', { name: 'Open download page' }).click());
    },
  };
}
