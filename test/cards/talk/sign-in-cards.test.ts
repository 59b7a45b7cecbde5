import assert from 'node:assert/strict';
import { sharedSignInPrompt, signInPrompt } from '../../../src/cards/talk/sign-in-cards.ts';
import { en } from '../../../src/words/en/en.ts';

describe('cards/sign-in-cards', () => {
  it('has words of its own for each cause', () => {
    const texts = (['signIn', 'claims', 'consent', 'adminConsent'] as const).map(
      (cause) => signInPrompt(en, cause).text,
    );
    assert.equal(new Set(texts).size, 4);
  });

  it('names only the person where others read along', () => {
    assert.equal(
      sharedSignInPrompt(en, 'Ada Sandfield').text,
      'I need a sign-in from Ada Sandfield before I can go on. It works for nobody else.',
    );
    assert.match(sharedSignInPrompt(en, '').text, /from whoever asked before/);
  });

  it('lets no name become a link, markup or a mention', () => {
    for (const name of [
      '[x](https://evil.example)',
      '<at>All</at>',
      '**b** `c`',
      'evil.example',
      'a@b.example',
    ])
      assert.doesNotMatch(sharedSignInPrompt(en, name).text.replace(/else\.$|\. It/g, ''), /[[\]()<>*`@./:]/);
    assert.ok(sharedSignInPrompt(en, 'x'.repeat(5000)).text.length < 150);
    assert.match(sharedSignInPrompt(en, 'Zoë O’Neil-Ærø').text, /Zoë O’Neil-Ærø/);
  });
});
