/** Each card about names, commands and what to quote takes each sentence from the words. */
import assert from 'node:assert/strict';
import type { Card } from '../../src/cards/blocks/adaptive-card.ts';
import { shareOfferCard } from '../../src/cards/export/share-cards.ts';
import { nameFormCard } from '../../src/cards/names/name-form.ts';
import { nameLineCard, namesCard, namesOfferCard } from '../../src/cards/names/names-card.ts';
import {
  nameNotSharedCard,
  nameQuestionCard,
  sharedNameCard,
  sharedNamesCard,
} from '../../src/cards/names/shared-names-card.ts';
import { commandHelpCard } from '../../src/cards/talk/command-help-card.ts';
import { commandNames } from '../../src/cards/talk/command-table.ts';
import { debugCard } from '../../src/cards/talk/debug-card.ts';
import {
  sampleJob,
  sampleJobs,
  sampleNow,
  sampleRequestId,
} from '../../src/tools/card-pictures/sample-jobs.ts';
import { createWordsFor, type Words } from '../../src/words/words.ts';
import { cardProblems } from '../support/cards/card-validator.ts';
import { sentencesOutside } from '../support/words/outside.ts';
import { pseudoLanguages } from '../support/words/pseudo.ts';

const name = { id: sampleJob.id, name: 'Quill', target: sampleJob.target, givenAt: sampleNow };
const many = Array.from({ length: 12 }, () => name);
const someShared = { ...name, giver: { ...sampleJob.requester, name: 'Quill' } };
const manyShared = Array.from({ length: 12 }, () => someShared);
const form = {
  save: { verb: 'nameIt', subject: { kind: 'export', id: sampleJob.id } },
  cancel: { verb: 'views' },
} as const;
const state = {
  reference: 'a1b2c3d4',
  at: sampleNow,
  versions: { bot: '0.1.0', node: '24.0.0', database: 'embedded' },
  signedIn: true,
  open: 3,
  waitForSignIn: 1,
  troubles: Object.values(sampleJobs).filter(
    ({ state: { status } }) => status === 'failed' || status === 'parked',
  ),
} as const;

const cardsIn = (words: Words): Readonly<Record<string, readonly Card[]>> => ({
  names: [
    namesCard(words, { names: [], nameless: [] }),
    namesCard(words, {
      names: many,
      nameless: [{ ...sampleJob, topObjective: 'Quill' }],
      here: { names: manyShared },
    }),
    namesOfferCard(words),
  ],
  'names of a channel': [
    sharedNamesCard(words, manyShared),
    sharedNameCard(words, someShared),
    nameNotSharedCard(words),
    nameQuestionCard(words, {
      nameId: someShared.id,
      said: words.names.named.text('Quill'),
      target: someShared.target,
      place: 'groupChat',
    }),
    nameLineCard({ summary: words.names.named.summary, text: words.sharedNames.alreadyOther('Quill') }),
    nameLineCard({ summary: words.names.named.summary, text: words.sharedNames.forgotten('Quill', true) }),
    nameLineCard({
      summary: words.names.named.summary,
      text: words.sharedNames.notTheirs.text('Quill', 'Quill'),
    }),
    nameLineCard({ summary: words.names.named.summary, text: words.sharedNames.unknown('Quill', false) }),
  ],
  'the form': [
    nameFormCard(words, form),
    nameFormCard(words, { ...form, current: 'Quill', problem: words.names.notNamed.tooLong(60) }),
  ],
  'what came of it': [
    nameLineCard({ summary: words.names.named.summary, text: words.names.named.text('Quill') }),
    nameLineCard({ summary: words.names.renamed.summary, text: words.names.renamed.text('Quill', 'Quill') }),
    nameLineCard({ summary: words.names.forgotten.summary, text: words.names.forgotten.text('Quill') }),
    nameLineCard({ summary: words.names.unknown.summary, text: words.names.unknown.text('Quill', true) }),
    nameLineCard({ summary: words.names.notNamed.summary, text: words.names.notNamed.taken('Quill') }),
  ],
  'what to quote': [
    debugCard(words, { ...state }),
    debugCard(words, { ...state, troubles: [], signedIn: false, waitForSignIn: 3 }),
  ],
  'help with a command': commandNames.map((command) => commandHelpCard(words, command)),
  'sharing by word': [shareOfferCard(words, sampleJob)],
});

describe('cards about names and commands', () => {
  const pseudo = createWordsFor(pseudoLanguages)('xx');
  const quoted = ['ℹ', state.reference, sampleJob.id, sampleRequestId];
  const data = ['Quill', 'e5e7a3c1', ...quoted];
  for (const what of Object.keys(cardsIn(pseudo)))
    it(`say no sentence of their own: ${what}`, () => {
      for (const card of cardsIn(pseudo)[what] ?? []) {
        assert.deepEqual(sentencesOutside(card, data), []);
        assert.deepEqual(cardProblems(card), []);
      }
    });
});
