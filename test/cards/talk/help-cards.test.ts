import assert from 'node:assert/strict';
import { helpCard, welcomeCard } from '../../../src/cards/talk/help-cards.ts';
import { en } from '../../../src/words/en/en.ts';
import { textOf } from '../../support/cards/card-text.ts';

describe('help and welcome', () => {
  it('tell the steps of each source under its name, the living one first', () => {
    assert.match(textOf(helpCard(en)), /Planner · Export a plan\n[^]*Viva Goals · Three steps\n/);
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
