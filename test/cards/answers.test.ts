import assert from 'node:assert/strict';
import type { Card } from '../../src/cards/blocks/adaptive-card.ts';
import { summaryOf } from '../../src/cards/blocks/adaptive-card.ts';
import { helpCard, welcomeCard } from '../../src/cards/talk/help-cards.ts';
import { hintCard, nearestCommandCard } from '../../src/cards/talk/hint-card.ts';
import { leftOutCard, linkHelpCard } from '../../src/cards/talk/link-cards.ts';
import { limitCard, notFoundCard, troubleCard } from '../../src/cards/talk/not-done-cards.ts';
import { listOfferCard } from '../../src/cards/list/list-card.ts';
import { movedCard } from '../../src/cards/export/export-card.ts';
import { signInPrompt, signInSettledCard, signedOutCard } from '../../src/cards/talk/sign-in-cards.ts';
import { en } from '../../src/words/en/en.ts';
import { sampleJob } from '../../src/tools/card-pictures/sample-jobs.ts';
import { buttonsOf, textOf } from '../support/cards/card-text.ts';

describe('what else the bot says', () => {
  const view = sampleJob.target;
  const cards: readonly (readonly [
    what: string,
    card: Card,
    words: readonly RegExp[],
    buttons: readonly string[],
  ])[] = [
    [
      'help',
      helpCard(en),
      [/an answer and a file/, /saved view/, /^list$/m, /^sign out$/m, /mention me/, /31 December 2025/],
      ['My exports'],
    ],
    [
      'help when retired',
      helpCard(en, { serviceRetired: true }),
      [/no longer offers exports/, /still read files/],
      ['My exports'],
    ],
    [
      'welcome',
      welcomeCard(en),
      [/Hello/, /an answer and a file/, /CSV or Excel file/, /saved Viva Goals view/],
      ['How it works', 'My exports'],
    ],
    [
      'welcome where others are',
      welcomeCard(en, 'shared'),
      [/Mention me/, /only the person who asked/, /personal chat/],
      ['How it works', 'My exports'],
    ],
    ['a greeting', hintCard(en, 'greeted'), [/^Hello!.*link.*file/], ['How it works', 'My exports']],
    ['thanks', hintCard(en, 'thanked'), [/Happy to help.*“list”/], []],
    [
      'nonsense',
      hintCard(en, 'notUnderstood'),
      [/^I didn’t understand that\. Paste a link [^.]*\.$/],
      ['How it works'],
    ],
    ['no link', hintCard(en, 'noText'), [/can’t see a link/], ['How it works']],
    [
      'no link below a message',
      hintCard(en, 'othersMessage'),
      [/Paste the link into yours/],
      ['How it works'],
    ],
    ['nearly "list"', nearestCommandCard(en, 'list'), [/Did you mean “list”/], ['My exports']],
    ['nearly "help"', nearestCommandCard(en, 'help'), [/Did you mean “help”/], ['How it works']],
    ['nearly "sign out"', nearestCommandCard(en, 'signOut'), [/Did you mean “sign out”/], []],
    [
      'nearly "delete my data"',
      nearestCommandCard(en, 'deleteMyData'),
      [/Did you mean “delete my data”/],
      ['Show my data'],
    ],
    ['the offer of a list', listOfferCard(en), [/Only you/], ['Show mine']],
    [
      'not found',
      notFoundCard(en, sampleJob.id, true),
      [/Not an export of yours/, /make the same export for you/],
      ['Export it for me', 'My exports'],
    ],
    ['a moved card', movedCard(en, sampleJob), [/further down/, /e5e7a3c1/], []],
    ['too many open', limitCard(en, 'openPerUser', 5), [/5 exports open/, /Stop watching/], ['My exports']],
    ['one open', limitCard(en, 'openPerUser', 1), [/have 1 export open,/], ['My exports']],
    [
      'too many a day',
      limitCard(en, 'dailyPerUser', 20),
      [/20 exports within a day/, /tomorrow/],
      ['My exports'],
    ],
    ['a busy tenant', limitCard(en, 'openPerTenant', 100), [/organisation/, /100 exports open/], []],
    ['links left out', leftOutCard(en, [view, view]), [/left out 2 links/, /I take 5/, /e5e7a3c1/], []],
    ['one link left out', leftOutCard(en, [view]), [/left out one link/], []],
    [
      'signed out',
      signedOutCard(en, { waiting: 2, hadTokens: true }),
      [/removed your sign-in/, /2 exports wait/],
      [],
    ],
    ['signed out, one waiting', signedOutCard(en, { waiting: 1, hadTokens: true }), [/One export waits/], []],
    [
      'not signed in',
      signedOutCard(en, { waiting: 0, hadTokens: false }),
      [/were not signed in/, /No export is waiting/],
      [],
    ],
    ['signed in', signInSettledCard(en, 'signedIn'), [/^✓  Signed in$/], []],
    ['sign-in not needed', signInSettledCard(en, 'abandoned'), [/No longer needed/], []],
    ['operator fault', signInSettledCard(en, 'operatorFault'), [/ask again/], []],
    [
      'operator fault, nothing waits',
      signInSettledCard(en, 'operatorFaultOnly', 'c0ffee'),
      [/may have expired[^]*quote the reference/, /c0ffee/],
      [],
    ],
    [
      'operator fault without a reference',
      signInSettledCard(en, 'operatorFaultOnly'),
      [/administrator\.$/m],
      [],
    ],
    ['asked again', signInSettledCard(en, 'askedAgain'), [/again below/], []],
    ['signed out meanwhile', signInSettledCard(en, 'signedOut'), [/Signed out/], []],
    [
      'trouble',
      troubleCard(en, 'a1b2c3'),
      [/Try again in a minute/, /^a1b2c3$/m, /whoever runs this bot/],
      [],
    ],
  ];
  for (const [what, card, words, buttons] of cards) {
    it(what, () => {
      for (const word of words) assert.match(textOf(card), word);
      assert.deepEqual(buttonsOf(card), buttons);
      assert.ok(summaryOf(card).length <= 80);
    });
  }

  const problems = [
    ['tooLong', /longer/],
    ['notHttps', /https:/],
    ['unusualAddress', /user name or a port/],
    ['otherPage', /another page/],
    ['badOrganizationId', /organisation/],
    ['noViewId', /viewId=/],
    ['manyViewIds', /more than one view/],
    ['badViewId', /the view is incomplete/],
  ] as const;
  for (const [problem, words] of problems) {
    it(`a link that is ${problem}: what is wrong and how to get the right one`, () => {
      const card = linkHelpCard(en, 'goals', [problem]);
      assert.match(textOf(card), words);
      assert.match(card.speak, words);
      assert.match(textOf(card), /Copy[^]*the whole address/);
    });
  }

  it('names every problem when there are several', () => {
    const text = textOf(
      linkHelpCard(
        en,
        'goals',
        problems.map(([problem]) => problem),
      ),
    );
    for (const [, words] of problems) assert.match(text, words);
  });

  it('answers in one line where no card is needed, safe as Markdown', () => {
    const { answers } = en;
    const started = Object.values(answers.started);
    const follow = Object.values(answers.cannotFollow);
    const prompts = (['signIn', 'claims', 'consent', 'adminConsent'] as const).map(
      (cause) => signInPrompt(en, cause).text,
    );
    const lines = [
      ...started,
      ...follow,
      ...prompts,
      answers.notAllowed,
      answers.working,
      answers.unknownButton,
    ];
    assert.equal(new Set(lines).size, lines.length);
    for (const line of lines) assert.doesNotMatch(line, /[<>[\]*_`]/);
    assert.match(answers.notAllowed, /not set up for your organisation/);
  });
});
