import assert from 'node:assert/strict';
import { listedCommands, saidAs } from '../../../src/cards/talk/command-table.ts';
import { helpCard, welcomeCard } from '../../../src/cards/talk/help-cards.ts';
import { en } from '../../../src/words/en/en.ts';
import { textOf } from '../../support/cards/card-text.ts';
import { cardProblems, sizeOf } from '../../support/cards/card-validator.ts';

describe('help and welcome', () => {
  it('tell the steps of each source under its name, the living one first', () => {
    assert.match(textOf(helpCard(en)), /Planner · Export a plan\n[^]*Viva Goals · Three steps\n/);
  });

  it('say each command and each step, in less than 5 KB', () => {
    const said = textOf(helpCard(en)).split('\n');
    for (const name of listedCommands)
      assert.ok(said.includes(saidAs(en, name)) && said.includes(en.commands[name].help), name);
    for (const { howTo } of Object.values(en.sources.byName))
      for (const { title, text } of howTo.steps) assert.ok(said.includes(title) && said.includes(text), text);
    assert.ok(sizeOf(helpCard(en)) < 5 * 1024, `${sizeOf(helpCard(en))} bytes`);
  });

  it('keep people in Teams: no button or line of theirs leads out of it', () => {
    for (const card of [
      helpCard(en),
      helpCard(en, { shared: true }),
      welcomeCard(en),
      welcomeCard(en, 'shared', 'R'),
    ])
      assert.doesNotMatch(JSON.stringify(card), /OpenUrl|\]\(http/);
  });

  it('welcome people with what they get, how to begin, words to write, what is set up, and limits', () => {
    for (const scope of ['personal', 'shared'] as const) {
      const said = textOf(welcomeCard(en, scope));
      for (const text of [
        /an answer and a file/,
        scope === 'personal' ? /^Paste / : /^Mention me with /,
        /^list$[^]*^save as NAME$[^]*^schedule NAME mondays 9:00$[^]*^help COMMAND$/,
        /signs in once[^]*an administrator/,
        /only what you may see[^]*limits/,
      ])
        assert.match(said, new RegExp(text.source, 'm'), scope);
      assert.deepEqual(cardProblems(welcomeCard(en, scope, 'Robin Sample')), []);
    }
  });

  it('tell a group or channel, and nobody else, who added the bot', () => {
    const name = 'Robin [x](https://evil.example)';
    assert.match(
      textOf(welcomeCard(en, 'shared', name)).replaceAll('\n', ''),
      /Robin \[x\].* added me here\./,
    );
    assert.doesNotMatch(textOf(welcomeCard(en, 'shared')), /added me/);
    assert.doesNotMatch(textOf(welcomeCard(en, 'personal', name)), /added me/);
  });

  it('begin with the link to paste, and offer the file after it', () => {
    const said = textOf(welcomeCard(en));
    assert.match(said, /Paste the link to a Planner plan or the address of a saved Viva Goals view:/);
    assert.match(
      said,
      /planner\.cloud\.microsoft[^]*goals\.microsoft\.com[^]*Or send me a CSV or Excel file/,
    );
  });
});
