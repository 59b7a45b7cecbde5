/** Makes one sample of every card the bot can show, by name. */
import { exportButton } from '../../cards/blocks/buttons.ts';
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { allChangesCard } from '../../cards/figures/all-changes-card.ts';
import type { Answer } from '../../cards/figures/answer-block.ts';
import { exportCard, movedCard } from '../../cards/export/export-card.ts';
import { shareOfferCard } from '../../cards/export/share-cards.ts';
import { commandHelpCard } from '../../cards/talk/command-help-card.ts';
import { debugCard } from '../../cards/talk/debug-card.ts';
import { helpCard, welcomeCard } from '../../cards/talk/help-cards.ts';
import { hintCard, nearestCommandCard } from '../../cards/talk/hint-card.ts';
import { leftOutCard, linkHelpCard } from '../../cards/talk/link-cards.ts';
import { limitCard, notFoundCard, troubleCard } from '../../cards/talk/not-done-cards.ts';
import { listCard, listOfferCard } from '../../cards/list/list-card.ts';
import { noticeCard } from '../../cards/export/notice-card.ts';
import { signInSettledCard, signedOutCard } from '../../cards/talk/sign-in-cards.ts';
import { withoutActions } from '../../cards/blocks/without-actions.ts';
import type { OkrChanges } from '../../domain/okrs/changes/okr-changes.ts';
import type { ExportJob, ReadingProgress, Ready } from '../../domain/exports/export-job.ts';
import { en } from '../../words/en/en.ts';
import {
  manyChanges,
  nothingChanged,
  rightToLeftChanges,
  rightToLeftSummary,
  sampleChanges,
  sampleSummary,
  thinSummary,
} from './sample-answers.ts';
import { nameCards } from './sample-names.ts';
import { sampleGraphJobId, sampleJob, sampleJobs, sampleNow } from './sample-jobs.ts';

const now = sampleNow;
const adminUrl = () =>
  'https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/adminconsent?client_id=99999999-8888-4777-8666-555555555555&redirect_uri=https%3A%2F%2Fbot.example.com%2Fauth%2Fconsented';
const download = { url: 'https://bot.example.com/d/sample', expiresAt: new Date(now.getTime() + 5 * 60_000) };

const mapped = (prefix: string, make: (job: ExportJob) => Card): Readonly<Record<string, Card>> =>
  Object.fromEntries(Object.entries(sampleJobs).map(([name, job]) => [`${prefix}-${name}`, make(job)]));

const ready = sampleJobs['ready'] ?? sampleJob;
const listed = Object.values(sampleJobs);
const graphOnly = (
  ['succeeded', 'running', 'failed', 'notStarted', 'unknown', 'succeeded', 'failed'] as const
).map((status) => ({
  id: sampleGraphJobId,
  source: 'goals',
  status,
  target: sampleJob.target,
  createdAt: sampleJob.requestedAt,
  expiresAt: download.expiresAt,
}));

const asOf = ready.since;
const readyWith = (reading: ReadingProgress): ExportJob => ({
  ...ready,
  state: { ...(ready.state as Ready), reading },
});
const told = (reading: ReadingProgress): Card =>
  exportCard(en, { job: readyWith(reading), now, audience: 'owner', canSave: true });
const read = (answer: Omit<Answer, 'asOf'>, onlyYou = false): Card =>
  exportCard(en, {
    job: readyWith({ kind: 'done' }),
    now,
    audience: 'owner',
    answer: { asOf, ...answer },
    onlyYou,
    canSave: !onlyYou,
  });

const back = exportButton(en, 'show', sampleJob.id, { title: en.answers.back });
const allOf = (changes: OkrChanges) => ({ changes, name: 'Export of view e5e7a3c1', back });

/** What a ready export says. */
export const answerCards: Readonly<Record<string, Card>> = {
  'answer-reading': told({ kind: 'underWay', attempts: 0 }),
  'answer-reading-so-far': told({ kind: 'underWay', attempts: 0, soFar: 1_200 }),
  'answer-changed': read({ summary: sampleSummary, changes: sampleChanges }),
  'answer-changed-open': opened(read({ summary: sampleSummary, changes: sampleChanges })),
  'answer-changed-only-you': read({ summary: sampleSummary, changes: sampleChanges }, true),
  'answer-changed-page': withoutActions(read({ summary: sampleSummary, changes: sampleChanges })),
  'answer-first': read({ summary: sampleSummary }),
  'answer-unchanged': read({ summary: sampleSummary, changes: nothingChanged }),
  'answer-thin': read({ summary: thinSummary }),
  'answer-rtl-open': opened(read({ summary: rightToLeftSummary, changes: rightToLeftChanges })),
  'answer-no-title': told({ kind: 'unread', why: 'noTitleColumn' }),
  'answer-later': told({ kind: 'unread', why: 'later' }),
  'changes-all': allChangesCard(en, { ...allOf(sampleChanges), onlyYou: true }),
  'changes-all-rtl': allChangesCard(en, { ...allOf(rightToLeftChanges) }),
  'changes-none': allChangesCard(en, { ...allOf(nothingChanged) }),
  'changes-many': allChangesCard(en, { ...allOf(manyChanges) }),
};

/** As it looks once everything that is hidden was opened. */
function opened(card: Card): Card {
  return JSON.parse(JSON.stringify(card).replaceAll('"isVisible":false,', '')) as Card;
}

/** The two projections of every state of an export. */
export const exportCards: Readonly<Record<string, Card>> = {
  ...mapped('owner', (job) => exportCard(en, { job, now, audience: 'owner', adminUrl })),
  ...mapped('public', (job) => exportCard(en, { job, now, audience: 'public', adminUrl, download })),
  'owner-ready-link': exportCard(en, { job: ready, now, audience: 'owner', download }),
  'owner-ready-only-you': exportCard(en, {
    job: ready,
    now,
    audience: 'owner',
    onlyYou: true,
    note: 'nothingToDo',
  }),
  'owner-ready-page': withoutActions(exportCard(en, { job: ready, now, audience: 'owner' })),
  'owner-ready-named': exportCard(en, { job: { ...ready, name: 'Q3 sales' }, now, audience: 'owner' }),
  'owner-running-usual': exportCard(en, {
    job: sampleJobs['running'] ?? sampleJob,
    now,
    audience: 'owner',
    usual: { from: 125, to: 228, of: 'target' },
  }),
  'owner-sign-in-elsewhere': exportCard(en, {
    job: sampleJobs['sign-in-signIn'] ?? sampleJob,
    now,
    audience: 'owner',
  }),
};

const sampleState = {
  reference: 'a1b2c3d4',
  at: now,
  versions: { bot: '0.1.0', node: '24.21.0', database: 'embedded' },
  signedIn: true,
  open: 3,
  waitForSignIn: 0,
} as const;
const troubled = ['failed-graphFailed', 'parked-oddAnswers', 'failed-retired'].flatMap(
  (name) => sampleJobs[name] ?? [],
);

/** Everything else the bot says with a card. */
export const otherCards: Readonly<Record<string, Card>> = {
  ...mapped('notice', (job) => noticeCard(en, job, 'requester')),
  ...mapped('shared-notice', (job) => noticeCard(en, job, 'everybody')),
  moved: movedCard(en, sampleJob),
  help: helpCard(en),
  'help-retired': helpCard(en, { serviceRetired: true }),
  'help-shared': helpCard(en, { shared: true }),
  'hint-greeted': hintCard(en, 'greeted'),
  'hint-thanked': hintCard(en, 'thanked'),
  'hint-not-understood': hintCard(en, 'notUnderstood'),
  'hint-not-understood-in-a-group': hintCard(en, 'notUnderstood', 'shared'),
  'hint-no-text': hintCard(en, 'noText'),
  'hint-others-message': hintCard(en, 'othersMessage'),
  'hint-nearest-list': nearestCommandCard(en, 'list'),
  'hint-nearest-delete': nearestCommandCard(en, 'deleteMyData'),
  welcome: welcomeCard(en),
  'welcome-shared': welcomeCard(en, 'shared', 'Robin Sample'),
  list: listCard(en, {
    own: listed.slice(14, 20),
    page: 0,
    older: 0,
    graphOnly: graphOnly.slice(0, 2),
    graph: 'asked',
    now,
    scope: 'personal',
  }),
  'list-long': listCard(en, {
    own: listed.slice(0, 10),
    page: 0,
    older: listed.length - 10,
    graphOnly,
    graph: 'unavailable',
    now,
    scope: 'shared',
  }),
  'list-page': listCard(en, {
    own: listed.slice(10, 20),
    page: 1,
    older: listed.length - 20,
    graphOnly,
    graph: 'signInNeeded',
    now,
    scope: 'personal',
  }),
  'list-empty': listCard(en, {
    own: [],
    page: 0,
    older: 0,
    graphOnly: [],
    graph: 'signInNeeded',
    now,
    scope: 'personal',
  }),
  'list-offer': listOfferCard(en),
  ...nameCards,
  debug: debugCard(en, { ...sampleState, troubles: troubled }),
  'debug-quiet': debugCard(en, { ...sampleState, open: 1, waitForSignIn: 1, troubles: [] }),
  'help-on-export': commandHelpCard(en, 'export'),
  'help-on-list': commandHelpCard(en, 'list'),
  'share-offer': shareOfferCard(en, sampleJob),
  'not-found': notFoundCard(en, sampleJob.id, true),
  'not-found-not-offered': notFoundCard(en, sampleJob.id, false),
  'limit-open': limitCard(en, 'openPerUser', 5),
  'limit-daily': limitCard(en, 'dailyPerUser', 20),
  'limit-tenant': limitCard(en, 'openPerTenant', 100),
  'link-help': linkHelpCard(en, 'goals', ['noViewId']),
  'link-help-many': linkHelpCard(en, 'goals', [
    'otherPage',
    'badViewId',
    'tooLong',
    'notHttps',
    'unusualAddress',
    'badOrganizationId',
    'manyViewIds',
  ]),
  'left-out': leftOutCard(en, [sampleJob.target, sampleJob.target]),
  'signed-out': signedOutCard(en, { waiting: 2, hadTokens: true }),
  'signed-out-nothing': signedOutCard(en, { waiting: 0, hadTokens: false }),
  'sign-in-settled': signInSettledCard(en, 'signedIn'),
  'sign-in-abandoned': signInSettledCard(en, 'abandoned'),
  'sign-in-refused': signInSettledCard(en, 'operatorFaultOnly', '8f1c6f0e-1111-4222-8333-944445555666'),
  'sign-in-signed-out': signInSettledCard(en, 'signedOut'),
  trouble: troubleCard(en, 'a1b2c3d4'),
};
