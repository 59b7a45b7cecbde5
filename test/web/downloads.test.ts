import assert from 'node:assert/strict';
import type { TakeOutcome } from '../../src/usecases/files/download-export.ts';
import { useDownloadSite } from './download-site.ts';
import { sampleJob, token } from './run-web-server.ts';

type Failed = Extract<TakeOutcome, { kind: 'failed' }>;

const failures: readonly (readonly [why: Failed['why'], status: number, words: RegExp])[] = [
  ['signInNeeded', 403, /sign in again/],
  ['noAccess', 403, /no access/],
  ['contentGone', 410, /Export again/],
  ['notCsv', 502, /not a CSV file/],
  ['tooLarge', 502, /limit of 100 MB/],
  ['badRedirect', 502, /did not work/],
  ['unavailable', 502, /did not work/],
];

describe('downloads', () => {
  const here = useDownloadSite();

  beforeEach(() => {
    here.calls.length = 0;
  });

  it('shows what will be downloaded, and uses nothing up', async () => {
    here.opened = { kind: 'open', subject: { kind: 'export', job: sampleJob }, taken: [] };
    for (const method of ['GET', 'HEAD', 'GET']) {
      const response = await fetch(here.link(), { method });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('cache-control'), 'no-store');
      assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
      const text = await response.text();
      assert.equal(text.includes('<form method="post"'), method === 'GET');
      assert.equal(text.includes('Your export of view 4444 is ready.'), method === 'GET');
    }
    assert.deepEqual(here.calls, Array(3).fill(`open ${token}`));
  });

  for (const kind of ['used', 'expired', 'unknown'] as const) {
    it(`says what to do with a link that is ${kind}`, async () => {
      here.opened = { kind };
      here.take = async () => await Promise.resolve({ kind });
      for (const response of [await fetch(here.link()), await here.post()]) {
        assert.equal(response.status, kind === 'unknown' ? 404 : 410);
        assert.match(await response.text(), /press <strong>Download<\/strong> again/);
      }
    });
  }

  for (const bad of ['x', token.slice(1), `${token}x`, encodeURIComponent(`${token.slice(1)}/`)]) {
    it(`asks nobody about the token ${bad.slice(0, 8)}…`, async () => {
      for (const method of ['GET', 'POST']) {
        assert.equal((await fetch(`${here.site().url}/d/${bad}`, { method })).status, 404);
      }
      assert.deepEqual(here.calls, []);
    });
  }

  it('turns away more than it can carry, before their link is used', async () => {
    const gate = Promise.withResolvers<undefined>();
    here.take = async () => {
      await gate.promise;
      return { kind: 'unknown' };
    };
    const carried = [here.post(), here.post()];
    while (here.calls.length < 2) await fetch(`${here.site().url}/healthz`);
    const third = await here.post();
    assert.equal(third.status, 503);
    assert.match(await third.text(), /still good/);
    assert.equal(here.calls.length, 2);
    gate.resolve(undefined);
    await Promise.all(carried);
    assert.equal((await here.post()).status, 404);
  });

  it('tells whoever has several under way that the link is still good', async () => {
    here.take = async () => await Promise.resolve({ kind: 'busy', max: 3 });
    const response = await here.post();
    assert.deepEqual([response.status, response.headers.get('retry-after')], [429, '10']);
    assert.match(await response.text(), /3 downloads under way[^]*still good/);
  });

  for (const [why, status, words] of failures) {
    it(`explains ${why}`, async () => {
      here.take = async () =>
        await Promise.resolve({ kind: 'failed', why, limitMegabytes: 100, reference: 'given-reference' });
      const response = await here.post();
      const text = await response.text();
      assert.equal(response.status, status);
      assert.match(text, words);
      assert.match(text, /given-reference/);
    });
  }

  it('refuses a large form, JSON and multipart for it', async () => {
    const sizes = [new URLSearchParams({ a: 'x'.repeat(2000) }), new FormData()];
    for (const body of sizes)
      assert.ok([413, 415].includes((await fetch(here.link(), { method: 'POST', body })).status));
    assert.deepEqual(here.calls, []);
  });

  it('logs a failure once with the reference on the page, and never the link', async () => {
    here.take = async () => await Promise.reject(new Error('broken inside'));
    const response = await here.post();
    assert.equal(response.status, 500);
    const reference = /Reference: <code>(\w+)</.exec(await response.text())?.[1];
    const lines = here.site().lines.filter(({ fields }) => fields['reference'] === reference);
    assert.deepEqual([lines.length, lines[0]?.fields['route']], [1, '/d/:token']);
    assert.equal(JSON.stringify(here.site().lines).includes(token), false);
  });

  it('leaves other methods alone', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      assert.equal((await fetch(here.link(), { method })).status, 405);
    }
    assert.deepEqual(here.calls, []);
  });
});
