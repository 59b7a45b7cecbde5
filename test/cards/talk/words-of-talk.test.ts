/** Each card of this room takes each sentence from the words. */
import { sources } from '../../../src/words/en/sources/sources.ts';
import assert from 'node:assert/strict';
import { helpCard, welcomeCard } from '../../../src/cards/talk/help-cards.ts';
import { hintCard, nearestCommandCard, type HintOccasion } from '../../../src/cards/talk/hint-card.ts';
import { leftOutCard, linkHelpCard } from '../../../src/cards/talk/link-cards.ts';
import { dataDeletedCard, dataKeptCard, myDataCard } from '../../../src/cards/talk/my-data-card.ts';
import { limitCard, notFoundCard, troubleCard } from '../../../src/cards/talk/not-done-cards.ts';
import {
  sharedSignInPrompt,
  signedOutCard,
  signInPrompt,
  signInSettledCard,
} from '../../../src/cards/talk/sign-in-cards.ts';
import { commandNames } from '../../../src/cards/talk/command-table.ts';
import type { Card } from '../../../src/cards/blocks/adaptive-card.ts';
import { sampleJob } from '../../../src/tools/card-pictures/sample-jobs.ts';
import { en } from '../../../src/words/en/en.ts';
import { createWordsFor, type Words } from '../../../src/words/words.ts';
import { cardProblems } from '../../support/cards/card-validator.ts';
import { lettersOutside, sentencesOutside } from '../../support/words/outside.ts';
import { pseudoLanguages } from '../../support/words/pseudo.ts';

const one = {
  exports: 1,
  openExports: 1,
  readings: 1,
  snapshots: 1,
  ownFiles: 1,
  names: 0,
  schedules: 0,
  sharedNames: 0,
  signedIn: true,
};
const many = {
  exports: 12,
  openExports: 2,
  readings: 9,
  snapshots: 3,
  ownFiles: 2,
  names: 0,
  schedules: 0,
  sharedNames: 0,
  signedIn: false,
};
const none = {
  exports: 0,
  openExports: 0,
  readings: 0,
  snapshots: 0,
  ownFiles: 0,
  names: 0,
  schedules: 0,
  sharedNames: 0,
  signedIn: false,
};
const amountsKept = [one, many, none];
const waitingExports = [0, 1, 2];
const occasions = Object.keys(en.talk.hints) as readonly HintOccasion[];
const scopes = ['personal', 'shared'] as const;
const limits = ['openPerUser', 'dailyPerUser', 'openPerTenant'] as const;
const settled = [
  'signedIn',
  'signedInOnly',
  'abandoned',
  'askedAgain',
  'operatorFault',
  'signedOut',
] as const;
const problems = Object.keys(sources.byName.goals.linkProblems);
const reference = 'a1b2c3d4';

const cardsIn = (words: Words): Readonly<Record<string, readonly Card[]>> => ({
  help: [
    helpCard(words),
    helpCard(words, { serviceRetired: true }),
    helpCard(words, { shared: true }),
    ...scopes.map((scope) => welcomeCard(words, scope)),
  ],
  hints: occasions.flatMap((occasion) => scopes.map((scope) => hintCard(words, occasion, scope))),
  'nearest commands': commandNames.map((name) => nearestCommandCard(words, name)),
  'what is not done': [
    ...limits.flatMap((limit) =>
      (['export', 'file'] as const).flatMap((wish) =>
        [1, 20].map((max) => limitCard(words, limit, max, wish)),
      ),
    ),
    notFoundCard(words, sampleJob.id, true),
    notFoundCard(words, sampleJob.id, false),
    troubleCard(words, reference),
  ],
  links: [
    linkHelpCard(words, 'goals', problems),
    linkHelpCard(words, 'gardens', ['somethingElse']),
    linkHelpCard(words, 'goals', ['somethingElse']),
  ],
  'links left out': [1, 30].map((length) =>
    leftOutCard(
      words,
      Array.from({ length }, () => ({ source: 'goals', key: '1', label: '12' })),
    ),
  ),
  'my data': [
    ...amountsKept.flatMap((kept) => [myDataCard(words, kept), dataDeletedCard(words, kept)]),
    dataKeptCard(words),
  ],
  'signing in and out': [
    ...settled.map((outcome) => signInSettledCard(words, outcome)),
    ...waitingExports.map((waiting) => signedOutCard(words, { waiting, hadTokens: true })),
    ...waitingExports.map((waiting) => signedOutCard(words, { waiting, hadTokens: false })),
  ],
});

describe('the words of help, hints, limits, signing in and what is kept', () => {
  const words = createWordsFor(pseudoLanguages)();

  for (const [what, cards] of Object.entries(cardsIn(words)))
    it(`are all that cards say, and fit: ${what}`, () => {
      for (const card of cards) {
        assert.deepEqual(sentencesOutside(card, [reference]), []);
        assert.deepEqual(cardProblems(card), []);
      }
    });

  it('are all that questions to sign in say', () => {
    const causes = ['signIn', 'claims', 'consent', 'adminConsent'] as const;
    const names = ['Ada Sandfield', ''];
    const prompts = [
      ...causes.map((cause) => signInPrompt(words, cause)),
      ...names.map((name) => sharedSignInPrompt(words, name)),
    ];
    for (const { text, button } of prompts)
      assert.deepEqual([...lettersOutside(text, names), ...lettersOutside(button)], []);
  });
});
