/** Makes one sample of every card about names, by name. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { button } from '../../cards/blocks/buttons.ts';
import { targetLink } from '../../cards/export/export-blocks.ts';
import { nameCard, nameOfAllCard } from '../../cards/names/name-card.ts';
import { nameFormCard } from '../../cards/names/name-form.ts';
import { nameLineCard, namesCard, namesOfferCard } from '../../cards/names/names-card.ts';
import {
  nameNotSharedCard,
  nameQuestionCard,
  sharedNameCard,
  sharedNamesCard,
} from '../../cards/names/shared-names-card.ts';
import { en } from '../../words/en/en.ts';
import { sampleJob, sampleJobs, sampleNow } from './sample-jobs.ts';

const now = sampleNow;
const listed = Object.values(sampleJobs);

const sampleNames = ['Q3 sales', 'Übersicht für den Vorstand', '売上 第3四半期', 'مبيعات الربع الثالث'].map(
  (name) => ({
    id: sampleJob.id,
    name,
    target: sampleJob.target,
    givenAt: now,
  }),
);
const sampleSharedNames = sampleNames.map((name) => ({ ...name, giver: sampleJob.requester }));
const sampleSharedName = {
  id: sampleJob.id,
  name: 'Q3 sales',
  target: sampleJob.target,
  givenAt: now,
  giver: sampleJob.requester,
};
const manyNames = Array.from({ length: 14 }, (_, nth) => ({
  id: sampleJob.id,
  name: `Team ${nth + 1}`,
  target: sampleJob.target,
  givenAt: now,
}));
const nameForm = {
  save: { verb: 'nameIt', subject: { kind: 'export', id: sampleJob.id } },
  cancel: { verb: 'views' },
} as const;

export const nameCards: Readonly<Record<string, Card>> = {
  names: namesCard(en, {
    names: sampleNames,
    nameless: [{ ...sampleJob, topObjective: 'Delight every customer' }],
  }),
  'names-many': namesCard(en, {
    names: manyNames,
    nameless: listed.slice(0, 5),
    here: { names: sampleSharedNames },
  }),
  'names-none': namesCard(en, { names: [], nameless: [] }),
  'name-open': nameCard(en, sampleSharedName, 'personal'),
  'name-open-of-all': nameOfAllCard(en, sampleSharedName, sampleJob.requester.userId),
  'shared-names': sharedNamesCard(en, sampleSharedNames),
  'shared-name': sharedNameCard(en, sampleSharedName),
  'shared-name-question': nameQuestionCard(en, {
    nameId: sampleJob.id,
    said: en.names.named.text('Q3 sales'),
    target: sampleJob.target,
    place: 'channel',
  }),
  'name-not-shared': nameNotSharedCard(en),
  'names-offer': namesOfferCard(en),
  'name-form': nameFormCard(en, nameForm),
  'name-form-wrong': nameFormCard(en, {
    ...nameForm,
    current: '…',
    problem: en.names.notNamed.nothingToSay,
  }),
  named: nameLineCard(
    { summary: en.names.named.summary, text: en.names.named.text('Q3 sales') },
    {
      about: targetLink(en, sampleJob.target),
      buttons: [button(en, { verb: 'exportNamed', nameId: sampleJob.id }), button(en, { verb: 'views' })],
    },
  ),
  'name-unknown': nameLineCard(
    { summary: en.names.unknown.summary, text: en.names.unknown.text('Q3 slaes', true) },
    {
      buttons: [
        button(en, { verb: 'exportNamed', nameId: sampleJob.id }, { title: 'Q3 sales' }),
        button(en, { verb: 'views' }),
      ],
    },
  ),
};
