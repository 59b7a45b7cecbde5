import assert from 'node:assert/strict';
import type { Card } from '../../src/cards/blocks/adaptive-card.ts';
import { answerCards, exportCards, otherCards } from '../../src/tools/card-pictures/sample-cards.ts';
import { fileCards } from '../../src/tools/card-pictures/sample-files.ts';
import { scheduleCards } from '../../src/tools/card-pictures/sample-schedules.ts';
import { subscriptionCards } from '../../src/tools/card-pictures/sample-subscriptions.ts';
import { cardProblems, nodesOf, sizeOf } from '../support/cards/card-validator.ts';

describe('every card', () => {
  for (const [name, card] of Object.entries({
    ...answerCards,
    ...fileCards,
    ...scheduleCards,
    ...subscriptionCards,
    ...exportCards,
    ...otherCards,
  })) {
    it(`${name}: the real parser takes it, it is small, it has its fallbacks`, () => {
      assert.deepEqual(cardProblems(card), []);
      assert.doesNotMatch(JSON.stringify(card), /Invalid Date|undefined|NaN|\[object/);
      for (const { type, title } of nodesOf(card))
        if (type === 'Action.OpenUrl' && title !== undefined)
          assert.match(title as string, /^Open .+ (?:page|OneDrive)$/, 'says that it leads out of Teams');
    });
  }
});

describe('cardProblems', () => {
  const fine = exportCards['owner-running'] as Card;
  const withBody = (...elements: readonly unknown[]): Card =>
    ({ ...fine, body: elements }) as unknown as Card;

  const toggleOf = (id: string) => ({ type: 'Action.ToggleVisibility', title: 'Show', targetElements: [id] });

  const show = {
    type: 'Action.ShowCard',
    title: 'Show',
    card: { type: 'AdaptiveCard', actions: [toggleOf('y')] },
  };

  const broken: readonly (readonly [problem: RegExp, card: Card])[] = [
    [/without a fallback/, withBody({ type: 'ProgressBar' })],
    [/without a fallback/, withBody({ type: 'Chart.Donut', title: 'x', data: [] })],
    [/nothing has the id x/, withBody({ type: 'ActionSet', actions: [toggleOf('x')] })],
    [
      /the id x twice/,
      withBody(...['x', 'x'].map((id) => ({ type: 'TextBlock', id, text: 'y', wrap: true }))),
    ],
    [
      /no text mentions <at>x<.at>/,
      {
        ...fine,
        msteams: {
          entities: [{ type: 'mention', text: '<at>x</at>', mentioned: { id: '29:x', name: 'x' } }],
        },
      },
    ],
    [/unknown type Badge/, withBody({ type: 'Badge', text: 'x', fallback: 'drop' })],
    [
      /address javascript:/,
      withBody({ type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', url: 'javascript:x' }] }),
    ],
    [
      /Action.Execute without/,
      withBody({ type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'x' }] }),
    ],
    [
      /outside a TextBlock/,
      withBody({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '{{TIME(x)}}' }] }),
    ],
    [
      /7 buttons/,
      withBody(
        { type: 'ActionSet', actions: [toggleOf('y'), toggleOf('y')] },
        { type: 'Container', id: 'y', items: [{ type: 'ActionSet', actions: [toggleOf('y'), show] }] },
      ),
    ],
    [/cut off: x/, withBody({ type: 'TextBlock', text: 'x' })],
    [/bytes/, withBody({ type: 'TextBlock', text: 'x'.repeat(30_000), wrap: true })],
    [/Invalid value/i, withBody({ type: 'TextBlock', text: 'x', size: 'Gigantic' })],
    [/no words/, { ...fine, speak: ' ' }],
  ];
  for (const [problem, card] of broken) {
    it(`finds ${String(problem)}`, () => {
      assert.match(cardProblems(card).join('\n'), problem);
    });
  }

  it('measures in bytes', () => {
    assert.equal(sizeOf(withBody({ text: 'é' })) - sizeOf(withBody({ text: 'e' })), 1);
  });
});
