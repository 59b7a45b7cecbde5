/** Whether what people call their plans and schedules, and one another, stays text on every card about names and schedules. */
import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { Card } from '../../src/cards/blocks/adaptive-card.ts';
import { namesCard, nameLineCard } from '../../src/cards/names/names-card.ts';
import {
  nameQuestionCard,
  sharedNameCard,
  sharedNamesCard,
} from '../../src/cards/names/shared-names-card.ts';
import { scheduleCard } from '../../src/cards/schedules/schedule-card.ts';
import { schedulesCard } from '../../src/cards/schedules/schedules-card.ts';
import {
  pauseAskedCard,
  subscriptionSetUpCard,
  subscriptionsHereCard,
} from '../../src/cards/schedules/subscription-cards.ts';
import { sampleJob, sampleNow } from '../../src/tools/card-pictures/sample-jobs.ts';
import { sampleSchedule } from '../../src/tools/card-pictures/sample-schedules.ts';
import { en } from '../../src/words/en/en.ts';
import { nodesOf } from '../support/cards/card-validator.ts';
import { assertOnlyInRuns, hostile, mark } from '../support/cards/hostile-text.ts';

function cardsWith(text: string): readonly Card[] {
  // Without an address: with one, the text leads to it and nowhere else.
  const { source, key } = sampleJob.target;
  const target = { source, key, label: text, place: text };
  const name = { id: sampleJob.id, name: text, target, givenAt: sampleNow };
  const shared = { ...name, giver: { ...sampleJob.requester, name: text } };
  const schedule = { ...sampleSchedule, owner: { ...sampleSchedule.owner, name: text }, target };
  const shown = { schedule, name: text };
  const { summary } = en.names.named;
  return [
    namesCard(en, {
      names: [name],
      nameless: [],
      here: { names: [shared] },
    }),
    sharedNamesCard(en, [shared]),
    sharedNameCard(en, shared),
    nameQuestionCard(en, { nameId: name.id, said: en.names.named.text(text), target, place: 'groupChat' }),
    nameLineCard({ summary, text: en.names.renamed.text(text, text) }),
    nameLineCard({ summary, text: en.sharedNames.notTheirs.text(text, text) }),
    scheduleCard(en, shown),
    schedulesCard(en, { schedules: [shown] }),
    schedulesCard(en, { schedules: [shown], asksWhich: true }),
    subscriptionsHereCard(en, [shown]),
    subscriptionSetUpCard(en, shown),
    pauseAskedCard(en, shown, text),
  ];
}

describe('what people call things and one another', () => {
  it('stays text: 10,000 hostile names on the cards of names and schedules', () => {
    let next = 0;
    fc.assert(
      fc.property(hostile, (text) => {
        const cards = cardsWith(text);
        assertOnlyInRuns(cards[next++ % cards.length] as Card);
      }),
      { numRuns: 10_000 },
    );
  });

  it('is shown all the same', () => {
    for (const card of cardsWith(`${mark} <b>Robin</b>`))
      assert.ok(
        nodesOf(card).some(({ text }) => String(text).includes(`${mark} <b>Robin</b>`)),
        JSON.stringify(card),
      );
  });
});
