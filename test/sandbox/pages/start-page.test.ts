/** What the README, the terminal and the sandbox’s own pages say is the same. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { faultLinks, roomForTheTour } from '../../../src/sandbox/faults/fault-links.ts';
import { speakers, teamOwner } from '../../../src/sandbox/chat/people.ts';
import { createSpeaker } from '../../../src/sandbox/chat/speaker.ts';
import { tellingScenarios } from '../../../src/sandbox/graph/scenarios.ts';
import { clockForm } from '../../../src/sandbox/pages/clock-form.ts';
import { speakerRoute } from '../../../src/sandbox/pages/speaker-form.ts';
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
    const { body } = startPage('http://chat.example', []);
    assert.match(body.markup, /Started again\? Reload the tab of the chat/);
  });

  it('name what is there: the link that says the same each time, the clock, and who speaks', () => {
    const [, named = ''] = /export the link <em>([^<]+)<\/em>/.exec(startPage('', []).body.markup) ?? [];
    assert.ok(tellingScenarios.some(({ name }) => name === named));
    const speaker = createSpeaker(speakers);
    const forms = [
      clockForm(Date.now()),
      speakerRoute({ speaker, people: speakers, teamOwner, chatUrl: '' }).panel?.(),
    ];
    for (const form of forms) {
      const [, title = ''] = /<h2[^>]*>([^<]+)<\/h2>/.exec(form?.markup ?? '') ?? [];
      assert.ok(readme.includes(`_${title}_`), title);
    }
  });

  it('leave room for every fault, several times a day', () => {
    assert.ok(Number(roomForTheTour.LIMIT_DAILY_PER_USER) >= 10 * faultLinks.length);
    assert.ok(Number(roomForTheTour.LIMIT_OPEN_PER_USER) > faultLinks.length);
  });
});
