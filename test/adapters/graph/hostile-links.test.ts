/** Links that Graph's answers name: nothing leaves for them, except one hop to an allowed host without the token. */
import assert from 'node:assert/strict';
import type { LoopbackServer } from '../../../src/sandbox/loopback/loopback-server.ts';
import { createLoopbackServer } from '../../../src/sandbox/loopback/loopback-server.ts';
import type { GraphRig } from './graph-rig.ts';
import { jobsPath, readAll, startGraphRig, view } from './graph-rig.ts';

const csv = { status: 200, headers: { 'content-type': 'text/csv' }, body: 'Title\nA\n' };

describe('links in answers', () => {
  let rig: GraphRig;
  let elsewhere: LoopbackServer;
  before(async () => {
    rig = await startGraphRig();
    elsewhere = createLoopbackServer({ handle: () => csv });
    await elsewhere.start();
  });
  after(() => Promise.all([rig.stop(), elsewhere.stop()]));
  beforeEach(() => rig.server.clearScript());

  /** Forty ways to lead somewhere else; all of those that can be reached lead to `elsewhere`. */
  const hostileLinks = (): readonly string[] => {
    const url = new URL(elsewhere.url());
    const own = new URL(rig.server.url());
    const { host, port } = url;
    const hosts = [
      host,
      `localhost:${port}`,
      `[::ffff:127.0.0.1]:${port}`,
      `2130706433:${port}`,
      `0x7f.1:${port}`,
    ];
    const userinfo = [`${own.host}@${host}`, `user:pw@${host}`, `user@${own.host}`, `@${host}`];
    const paths = [jobsPath, '/', `${jobsPath}/j!1/content`, `${jobsPath}/../../../x`, `/?next=${own.href}`];
    return [
      ...hosts.flatMap((name) => paths.map((path) => `http://${name}${path}`)),
      ...userinfo.map((name) => `http://${name}${jobsPath}`),
      `//${host}${jobsPath}`,
      `\\\\${host}\\x`,
      `/\\${host}/x`,
      `http:/\\${host}/x`,
      ` http://${host}/x`,
      `https://${host}/x`,
      `ftp://${host}/x`,
      'file:///etc/passwd',
      'data:text/csv,Title',
      'javascript:1',
      'http://169.254.169.254/latest',
      'https://graph.microsoft.com.example.org/x',
      'http://',
      '',
    ];
  };

  const respond = (status: number, headers: Record<string, string>, body?: unknown): void => {
    rig.server.clearScript();
    rig.server.script({ match: {}, respond: { status, headers, body } });
  };

  it('40 hostile values in Location, nextLink, resourceLocation and redirects: 0 requests leave', async () => {
    const links = hostileLinks();
    assert.ok(links.length >= 40);
    for (const link of links) {
      const from = rig.server.calls.length;
      respond(201, { location: link });
      await rig.goals.create('sample-token', view);
      respond(409, { location: link }, { error: { code: 'notAllowed', target: link } });
      await rig.goals.create('sample-token', view);
      respond(200, {}, { id: 'j!1', status: 'succeeded', resourceLocation: link });
      assert.equal((await rig.goals.get('sample-token', 'j!1')).kind, 'job');
      respond(200, {}, { value: [], '@odata.nextLink': link });
      assert.equal(
        (await rig.goals.list('sample-token', view.organizationId)).kind,
        link === '' ? 'jobs' : 'odd',
        link,
      );
      assert.equal(rig.server.calls.length, from + 4, link);
      respond(302, { location: link });
      // An empty or relative link stays on Graph's own host; its answer is a redirect again.
      assert.equal((await rig.goals.content('sample-token', 'j!1')).kind, 'badRedirect', link);
    }
    assert.deepEqual(elsewhere.calls, []);
  });

  it('G23 tells the operator about a resourceLocation elsewhere', async () => {
    respond(200, {}, { id: 'j!1', status: 'running', resourceLocation: 'https://files.example.org/x?sig=1' });
    rig.logged.length = 0;
    const answer = await rig.goals.get('sample-token', 'j!1');
    assert.deepEqual(answer, { kind: 'job', job: { id: 'j!1', status: 'running' } });
    assert.deepEqual(
      rig.logged
        .filter(({ level, fields }) => level === 'error' && 'host' in fields)
        .map(({ fields }) => fields.host),
      ['files.example.org'],
    );
  });

  it('reads every page of the list on our own base, and no page twice', async () => {
    const page = (id: string, next?: string): unknown => ({
      value: [{ id, status: 'running' }],
      ...(next === undefined
        ? {}
        : { '@odata.nextLink': `${rig.server.url()}${jobsPath}?$skiptoken=${next}` }),
    });
    rig.server.script({
      match: {},
      respond: (call) => ({
        status: 200,
        body:
          call.query.$skiptoken === 'b'
            ? page('j!3')
            : call.query.$skiptoken === 'a'
              ? page('j!2', 'b')
              : page('j!1', 'a'),
      }),
    });
    const answer = await rig.goals.list('sample-token', view.organizationId);
    assert.deepEqual(answer.kind === 'jobs' && answer.jobs.map(({ id }) => id), ['j!1', 'j!2', 'j!3']);
    const from = rig.server.calls.length;
    respond(200, {}, page('j!1', 'a'));
    assert.equal((await rig.goals.list('sample-token', view.organizationId)).kind, 'jobs');
    assert.equal(rig.server.calls.length, from + 2);
  });

  it('stops at trouble on a later page', async () => {
    rig.server.script({
      match: {},
      respond: (call) =>
        'skip' in call.query
          ? { status: 429, headers: { 'retry-after': '5' } }
          : { status: 200, body: { value: [], '@odata.nextLink': `${rig.server.url()}${jobsPath}?skip=1` } },
    });
    assert.equal((await rig.goals.list('sample-token', view.organizationId)).kind, 'unavailable');
  });

  it('G22 follows one redirect to an allowed host, without the token', async () => {
    const goals = rig.create({ downloadHosts: [new URL(elsewhere.url()).host] });
    respond(302, { location: `${elsewhere.url()}/file?sig=1` });
    const from = elsewhere.calls.length;
    assert.equal((await readAll(await goals.content('sample-token', 'j!1'))).bytes.toString(), csv.body);
    const [hop] = elsewhere.calls.slice(from);
    assert.deepEqual(
      [hop?.path, hop?.headers.authorization, hop?.headers['client-request-id']],
      ['/file', undefined, undefined],
    );
    assert.ok(!JSON.stringify(rig.logged).includes('sig=1'));
  });

  it('G22 follows one redirect to Graph’s own host, without the token', async () => {
    rig.server.script({
      match: {},
      respond: (call) => (call.path === '/blob' ? csv : { status: 307, headers: { location: '/blob' } }),
    });
    assert.equal((await readAll(await rig.goals.content('sample-token', 'j!1'))).kind, 'content');
    assert.equal(rig.server.calls.at(-1)?.headers.authorization, undefined);
  });

  it('G22 an answer of another host is not Graph’s word', async () => {
    const goals = rig.create({ downloadHosts: [new URL(elsewhere.url()).host] });
    respond(302, { location: `${elsewhere.url()}/file` });
    const cases: readonly (readonly [status: number, kind: string])[] = [
      [302, 'badRedirect'],
      [401, 'badRedirect'],
      [403, 'badRedirect'],
      [404, 'contentGone'],
      [429, 'unavailable'],
      [503, 'unavailable'],
      [410, 'contentGone'],
    ];
    for (const [status, kind] of cases) {
      elsewhere.script({ match: {}, times: 1, respond: { status, headers: { location: rig.server.url() } } });
      assert.equal((await goals.content('sample-token', 'j!1')).kind, kind, String(status));
    }
  });
});
