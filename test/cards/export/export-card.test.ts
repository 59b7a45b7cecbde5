import assert from 'node:assert/strict';
import type { ExportJob } from '../../../src/domain/exports/export-job.ts';
import { exportCard } from '../../../src/cards/export/export-card.ts';
import type { ExportCardContent } from '../../../src/cards/export/export-card.ts';
import {
  sampleJob,
  sampleJobs,
  sampleNow,
  sampleRequestId,
} from '../../../src/tools/card-pictures/sample-jobs.ts';
import { buttonsOf, pressableOf, textOf } from '../../support/cards/card-text.ts';
import { nodesOf } from '../../support/cards/card-validator.ts';
import { en } from '../../../src/words/en/en.ts';

const ownerOf = (name: string, more: Partial<ExportCardContent> = {}): ReturnType<typeof exportCard> => {
  const job = sampleJobs[name];
  assert.ok(job, name);
  return exportCard(en, { job, now: sampleNow, audience: 'owner', ...more });
};

const watching = ['Refresh', 'Stop watching'];
const readyButtons = ['Name it', 'Download', 'Export again'];
const due = '{{TIME(2026-03-04T14:14:00Z)}}';

describe('the requester’s export card', () => {
  const states: readonly (readonly [
    name: string,
    words: readonly (string | RegExp)[],
    buttons: readonly string[],
  ])[] = [
    ['requested', ['Got it', '●\u00A0Asked'], ['Stop watching']],
    ['sign-in-signIn', ['Waiting for your sign-in', /as soon as you have/], ['Ask again', 'Stop watching']],
    ['sign-in-claims', [/organisation asks you to sign in again/], ['Ask again', 'Stop watching']],
    ['sign-in-consent', [/asked once to allow me/], ['Ask again', 'Stop watching']],
    ['sign-in-adminConsent', [/administrator must allow/, /Goals-Export/], ['Check again', 'Stop watching']],
    ['starting', ['Starting…', '✓\u00A0Asked', '●\u00A0Accepted'], watching],
    ['starting-unknown', [/look before I ask again/], watching],
    ['starting-elsewhere', [/Somebody else is exporting this view/, due], watching],
    ['waiting', ['In line at Microsoft', '✓\u00A0Accepted', '○\u00A0Making', due], watching],
    ['running', ['Running', '●\u00A0Making', due, '{{TIME(2026-03-04T14:05:00Z)}} (7 min so far)'], watching],
    ['running-joined', [/Already being made.*I follow that one/], watching],
    ['running-odd-word', ['Running (state: compacting)'], watching],
    ['running-missing', [/can’t find this export/, due], watching],
    ['running-busy', [`Microsoft Graph is busy; next try at ${due}`], watching],
    ['running-unreachable', [/can’t reach Microsoft Graph/], watching],
    ['running-insecure', [/can’t reach Microsoft securely/], watching],
    ['running-odd', [/odd answers/], watching],
    ['ready', ['Ready', 'CSV, 483 KB', /until \{\{DATE\(2026-04-13/], readyButtons],
    ['ready-bare', ['Ready', 'CSV'], readyButtons],
    ['ready-again', [/Exported again on/], readyButtons],
    ['ready-sign-in', [/Sign in to download/], ['Ask again', 'Download', 'Export again']],
    [
      'failed-noAccess',
      [/no access to this view/, /31 December 2025/, /Ask the view’s owner/, sampleRequestId],
      ['Try again'],
    ],
    ['failed-notValid', [/not a valid explorer view/, /copy the whole address/, sampleRequestId], []],
    ['failed-placeNotFound', [/was it deleted/, sampleRequestId], ['Try again']],
    ['failed-gone', [/no longer exists/, /Start again\?/], ['Try again']],
    ['failed-graphFailed', ['Microsoft Graph reported a failure', sampleRequestId], ['Try again']],
    [
      'failed-retired',
      [/retired/, /31 December 2025/, /earlier stay valid/, /administrator/, sampleRequestId],
      [],
    ],
    [
      'failed-refused',
      [/refused/, 'The view could not be read by this user.', /31 December 2025/],
      ['Try again'],
    ],
    ['failed-without-id', ['Reference', sampleJob.id], ['Try again']],
    ['expired', ['Expired', /DATE\(2026-03-03/, /Start again\?/], ['Export again']],
    [
      'stopped-person',
      [/can’t cancel it, so it may still finish there/, /Resume to watch it again/],
      ['Resume'],
    ],
    ['stopped-early', [/before Microsoft Graph was asked/], ['Resume']],
    ['stopped-no-sign-in', [/nobody signed in/], ['Resume']],
    ['parked-oddAnswers', [/odd answers from Microsoft Graph/, sampleJob.id], ['Resume', 'Stop watching']],
    [
      'parked-operatorFault',
      [/own sign-in may have expired/, /tell your administrator/, /by itself once this is mended/],
      ['Resume', 'Stop watching'],
    ],
    [
      'parked-crashedTooOften',
      ['‖  Something went wrong with this one', sampleJob.id],
      ['Resume', 'Stop watching'],
    ],
    ['parked-followedTooLong', [/still not finished/], ['Resume', 'Stop watching']],
  ];

  it('is checked below in every sample state', () => {
    assert.deepEqual(states.map(([name]) => name).sort(), Object.keys(sampleJobs).sort());
  });

  for (const [name, words, buttons] of states) {
    it(`${name}: says what happened, what to do, and which export it is`, () => {
      const card = ownerOf(name);
      const text = textOf(card);
      for (const word of words)
        assert.ok(typeof word === 'string' ? text.includes(word) : word.test(text), String(word));
      for (const word of ['Open view e5e7a3c1', '94a356ab', '{{DATE(2026-03-04T14:03:00Z,SHORT)}}'])
        assert.ok(text.includes(word), word);
      assert.ok(!text.includes('Robin Sample'), 'nobody needs to be told who they are');
      assert.deepEqual([...pressableOf(card), ...buttonsOf(card)], buttons);
      assert.match(card.speak, /^Export of view e5e7a3c1: .+/);
    });
  }

  it('links to the explorer view', () => {
    const urls = nodesOf(ownerOf('running')).flatMap(({ url }) => (url === undefined ? [] : [url]));
    assert.deepEqual(urls, [
      'https://goals.microsoft.com/org_uuid/94a356ab-53d5-40e7-8a85-053d6d3b9eb3/objective-explorer?viewId=e5e7a3c1-8cdf-409d-9ce9-ff730d65d95e',
    ]);
  });

  it('points to no other message while it waits for a sign-in', () => {
    for (const name of ['sign-in-signIn', 'sign-in-claims', 'sign-in-consent'])
      assert.doesNotMatch(textOf(ownerOf(name)), /message|button/);
  });

  it('opens the approval page with its first button, and shows the whole link when asked to', () => {
    const adminUrl =
      'https://login.example.com/t/adminconsent?client_id=c&redirect_uri=https%3A%2F%2Fbot.example.com';
    const card = ownerOf('sign-in-adminConsent', { adminUrl: () => adminUrl });
    const [hidden] = nodesOf(card.body).filter(({ isVisible }) => isVisible === false);
    assert.ok(JSON.stringify(hidden).includes(adminUrl));
    assert.deepEqual(buttonsOf(card), ['Open the approval page', 'Check again', 'Stop watching']);
    assert.equal(nodesOf(card.actions).filter(({ style }) => style === 'positive').length, 1);
    assert.ok(nodesOf(card.actions).some(({ url }) => url === adminUrl));
    assert.ok(nodesOf(card.actions).some(({ title }) => title === 'Show the link'));
  });

  it('asks for the same approval when the file is there', () => {
    const job = {
      ...sampleJob,
      state: { status: 'ready', graphJobId: 'j', signInCause: 'adminConsent' },
    } as const;
    const adminUrl = 'https://login.example.com/t/adminconsent';
    const card = exportCard(en, { job, now: sampleNow, audience: 'owner', adminUrl: () => adminUrl });
    assert.match(textOf(card), /administrator must allow/);
    assert.deepEqual(buttonsOf(card), ['Open the approval page', 'Download', 'Export again']);
  });

  it('makes no button of an address that is no web page', () => {
    const card = ownerOf('sign-in-adminConsent', { adminUrl: () => 'javascript:alert(1)' });
    assert.deepEqual(buttonsOf(card), ['Check again', 'Stop watching']);
  });

  it('says after a sign-out why it waits, and signs in on request', () => {
    const job = {
      ...sampleJob,
      state: { status: 'waitingForSignIn', cause: 'signIn', quiet: true },
    } as const;
    const card = exportCard(en, { job, now: sampleNow, audience: 'owner' });
    assert.match(textOf(card), /You are signed out[^]*this export waits/);
    assert.deepEqual(buttonsOf(card), ['Sign in', 'Stop watching']);
  });

  it('hands over the one-time link with its end', () => {
    const download = { url: 'https://bot.example.com/d/token', expiresAt: new Date('2026-03-04T14:17:00Z') };
    const card = ownerOf('ready', { download });
    assert.deepEqual(buttonsOf(card), ['Open download page', 'Download', 'Export again']);
    assert.match(textOf(card), /works until \{\{TIME\(2026-03-04T14:17:00Z\)\}\}, once for each format/);
  });

  it('is silent about trouble of less than two minutes, unless it is about safety', () => {
    const soon = new Date('2026-03-04T14:09:59Z');
    const busy = sampleJobs['running-busy'];
    assert.ok(busy);
    const job: ExportJob = { ...busy, due: { at: soon, step: 'poll' } };
    assert.doesNotMatch(textOf(ownerOf('running-busy', { job, now: soon })), /busy/);
    assert.match(textOf(ownerOf('running-busy', { now: soon })), /busy/, 'the next try is later than that');
    assert.match(textOf(ownerOf('running-busy', { now: new Date('2026-03-04T14:10:00Z') })), /busy/);
    assert.match(textOf(ownerOf('running-insecure', { now: soon })), /securely/);
  });

  it('says that only its reader sees it, and what came of a button', () => {
    const text = textOf(ownerOf('running', { onlyYou: true, note: 'alreadyOpenElsewhere' }));
    assert.match(text, /Only you see these details/);
    assert.match(text, /already have an open export/);
  });

  it('draws an indeterminate progress bar while it runs, dropped where it is unknown', () => {
    const bars = nodesOf(ownerOf('running')).filter(({ type }) => type === 'ProgressBar');
    assert.deepEqual(bars, [{ type: 'ProgressBar', color: 'Accent', spacing: 'Small', fallback: 'drop' }]);
  });

  it('leaves out times that are none', () => {
    const job = {
      ...sampleJob,
      requestedAt: new Date(NaN),
      state: { status: 'ready', graphJobId: 'j', expiresAt: new Date(NaN) },
    } as const;
    const text = textOf(exportCard(en, { job, now: sampleNow, audience: 'owner' }));
    assert.doesNotMatch(text, /\{\{|Invalid|NaN|Asked$|Available/m);
  });
});
