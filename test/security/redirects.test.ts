// Row 14: whatever stands in an address, a header or an answer, the bot sends a browser to the configured Entra ID or nowhere.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { runs, useAppWorld } from '../support/app/app-suite.ts';
import { latest, oauthCardOf } from '../support/teams/card-search.ts';
import { groupChat } from '../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);

const targets = [
  'https://evil.example',
  '//evil.example',
  '///evil.example',
  '\\\\evil.example',
  '/\\evil.example',
  'https:evil.example',
  'http://127.0.0.1:1@evil.example',
  'javascript:alert(1)',
  'data:text/html,evil.example',
  '%2f%2fevil.example',
  'https://evil.example%00.test',
  'https://evil。example',
  '\r\nLocation: https://evil.example',
  '%0d%0aLocation:%20https://evil.example',
];
const names = [
  'returnTo',
  'return_url',
  'redirect',
  'redirect_uri',
  'redirect_url',
  'next',
  'url',
  'u',
  'continue',
  'goto',
  'target',
  'callback',
  'post_logout_redirect_uri',
  'RelayState',
  'state',
  'resource',
  'login_hint',
  'domain_hint',
  'authority',
  'tenant',
];

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

/** As written: `fetch` would tidy the address up. */
const ask = (origin: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = request({ hostname, port, path, headers, method: 'GET' }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '', text });
      });
    });
    sent.once('error', reject).end();
  });

describe('redirects', () => {
  const suite = useAppWorld();
  const group = groupChat([ada, benno]);
  let start = '';

  before(async () => {
    await suite.say(group, ada, suite.view(runs).url);
    start = oauthCardOf(latest(await suite.prompt(group)))?.buttons[0]?.value ?? '';
  });

  const check = ({ status, location, text }: Answer, what: string): void => {
    const { entra, variables } = suite.world();
    if (status >= 300 && status < 400) {
      const to = new URL(location);
      assert.equal(to.origin, new URL(entra.url()).origin, what);
      assert.equal(
        to.searchParams.get('redirect_uri'),
        `${variables['PUBLIC_URL'] ?? ''}/auth/callback`,
        what,
      );
      assert.equal(to.searchParams.get('code_challenge_method'), 'S256', what);
    } else assert.equal(location, '', what);
    assert.doesNotMatch(text, /(href|src|action|content)="?[^"]*evil/i, what);
  };

  it('lead to Entra ID and back to the one address, whatever the query says', async () => {
    const { publicUrl } = suite.world();
    const { pathname, search } = new URL(start);
    let redirected = 0;
    for (const name of names)
      for (const target of targets.map((one) => encodeURI(one))) {
        for (const path of [
          `${pathname}${search}&${name}=${target}`,
          `${pathname}?${name}=${target}&${search.slice(1)}`,
          `/auth/callback?state=x&code=y&${name}=${target}`,
          `/auth/consented?admin_consent=True&${name}=${target}`,
        ]) {
          const answer = await ask(publicUrl, path);
          if (answer.status === 302) redirected += 1;
          check(answer, path);
        }
      }
    assert.ok(redirected > 100, 'the corpus met real redirects');
  });

  it('are not made of the path or of a header either', async () => {
    const { publicUrl } = suite.world();
    const { pathname, search } = new URL(start);
    for (const target of targets.map((one) => encodeURI(one)))
      for (const path of [
        `/${target}`,
        `/${target}/`,
        `${pathname}/${target}`,
        `/auth/..%2f${target}`,
        `/d/${target}`,
        target.startsWith('/') ? target : `/${target}`,
      ])
        check(await ask(publicUrl, path), path);
    for (const [name, value] of [
      ...['host', 'x-forwarded-host', 'x-original-host', 'x-host', 'forwarded'].map(
        (header) => [header, 'evil.example'] as const,
      ),
      ...['origin', 'referer', 'x-forwarded-proto', 'x-original-url', 'x-rewrite-url'].map(
        (header) => [header, 'https://evil.example/'] as const,
      ),
    ])
      check(await ask(publicUrl, `${pathname}${search}`, { [name]: value }), name);
  });

  it('have a state, a challenge and a verifier of their own each time', async () => {
    const { publicUrl } = suite.world();
    const { pathname, search } = new URL(start);
    const seen = new Set<string>();
    for (let nth = 0; nth < 20; nth += 1) {
      const { searchParams } = new URL((await ask(publicUrl, `${pathname}${search}`)).location);
      for (const name of ['state', 'code_challenge']) seen.add(searchParams.get(name) ?? '');
    }
    assert.equal(seen.size, 40);
  });
});
