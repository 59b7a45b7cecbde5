import assert from 'node:assert/strict';
import { commandHelpCard } from '../../../src/cards/talk/command-help-card.ts';
import { commandNames, listedCommands } from '../../../src/cards/talk/command-table.ts';
import { helpCard } from '../../../src/cards/talk/help-cards.ts';
import { en } from '../../../src/words/en/en.ts';
import { textOf } from '../../support/cards/card-text.ts';

describe('the help about one command', () => {
  it('says which others belong to it, which the help leaves out', () => {
    assert.match(textOf(commandHelpCard(en, 'views')), /rename A to B\nChanges a name\nforget NAME\n/);
    assert.doesNotMatch(textOf(helpCard(en)), /rename A|forget NAME/);
  });

  it('leads to every command that the help does not list', () => {
    const listed = listedCommands.map((name) => textOf(commandHelpCard(en, name))).join('\n');
    for (const name of commandNames) assert.ok(listed.includes(en.commands[name].help), name);
  });
});
