/** What the README, the terminal and the sandbox’s own pages say is the same. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { faultLinks, roomForTheTour } from '../../../src/sandbox/faults/fault-links.ts';
import { afterRestart, instructions, startPage } from '../../../src/sandbox/pages/start-page.ts';
import { faultsPage } from '../../../src/sandbox/pages/faults-page.ts';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const terminal = instructions('http://chat.example', 'http://pages.example', 'bot.log');

describe('the words of the sandbox', () => {
  it('name the page of the faults alike everywhere, and count them right', () => {
    const title = faultsPage.entry?.title ?? '';
    assert.ok(readme.includes(`_${title}_ has a link for each of ${faultLinks.length} faults`));
    assert.ok(terminal.includes(title));
    assert.ok(readme.includes('_Hand a file to the bot_') && readme.includes('_OneDrive of the sandbox_'));
  });

  it('say after a restart what to do with the open tab, in the terminal and on the page', () => {
    assert.ok(terminal.includes(afterRestart));
    const { body } = startPage('http://chat.example', [], Date.now());
    assert.match(body.markup, /Started again\? Reload the tab of the chat/);
  });

  it('leave room for every fault, several times a day', () => {
    assert.ok(Number(roomForTheTour.LIMIT_DAILY_PER_USER) >= 10 * faultLinks.length);
    assert.ok(Number(roomForTheTour.LIMIT_OPEN_PER_USER) > faultLinks.length);
  });
});
