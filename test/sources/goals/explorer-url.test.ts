/** Which URLs are explorer views: a table, and what holds for a hundred thousand generated ones. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ExplorerUrlReading } from '../../../src/sources/goals/explorer-url.ts';
import {
  explorerUrl,
  longestUrl,
  readExplorerUrl,
  sameView,
} from '../../../src/sources/goals/explorer-url.ts';

const organizationId = '94a356ab-53d5-40e7-8a85-053d6d3b9eb3';
const viewId = 'e5e7a3c1-8cdf-409d-9ce9-ff730d65d95e';
const view = { organizationId, viewId };
const good = explorerUrl(view);
const on = (host: string): string => good.replace('goals.microsoft.com', host);
const inWords = (reading: ExplorerUrlReading): string =>
  reading.kind === 'notAView' ? reading.problem : reading.kind;

const rows: readonly (readonly [url: string, expected: string])[] = [
  [good, 'view'],
  [
    good
      .toUpperCase()
      .replace('ORG_UUID', 'org_uuid')
      .replace('OBJECTIVE-EXPLORER', 'objective-explorer')
      .replace('VIEWID', 'viewId'),
    'view',
  ],
  [good.replace('objective-explorer', 'objective-explorer/'), 'view'],
  [`${good}&tab=list#row-3`, 'view'],
  [`  ${good}\n`, 'view'],
  [on('goals.microsoft.com:443'), 'view'],
  [on('ｇoals.microsoft.com'), 'view'],
  [on('goals.microsoft.com.'), 'notGoals'],
  [on('goals.microsoft.com.example.org'), 'notGoals'],
  [on('evil-goals.microsoft.com'), 'notGoals'],
  [on('www.goals.microsoft.com'), 'notGoals'],
  [on('goals.microsoft.com@example.org'), 'notGoals'],
  [on('goals.microsoft.com%2eexample.org'), 'notGoals'],
  [on('example.org\\@goals.microsoft.com'), 'notGoals'],
  [on('example.org#@goals.microsoft.com'), 'notGoals'],
  [on('goals.micrоsoft.com'), 'notGoals'],
  [on('user:pw@goals.microsoft.com'), 'unusualAddress'],
  [on('goals.microsoft.com:8443'), 'unusualAddress'],
  [good.replace('https:', 'http:'), 'notHttps'],
  [good.replace('https:', 'ftp:'), 'notHttps'],
  ['javascript:goals.microsoft.com', 'notGoals'],
  ['https://goals.microsoft.com/', 'otherPage'],
  [`https://goals.microsoft.com/org_uuid/${organizationId}/my-goals?viewId=${viewId}`, 'otherPage'],
  [good.replace('/org_uuid', '//org_uuid'), 'otherPage'],
  [good.replace('objective-explorer', 'objective-explorer/x'), 'otherPage'],
  [good.replace(organizationId, 'contoso'), 'badOrganizationId'],
  [good.replace(organizationId, `${organizationId}%00`), 'badOrganizationId'],
  [good.replace(/\?.*/, ''), 'noViewId'],
  [good.replace(/=.*/, '='), 'noViewId'],
  [good.replace('viewId', 'viewid'), 'noViewId'],
  [`${good}0`, 'badViewId'],
  [`${good}%0A`, 'badViewId'],
  [`${good}&viewId=${viewId}`, 'manyViewIds'],
  [`${good}&x=${'x'.repeat(longestUrl)}`, 'tooLong'],
  [`https://example.org/${'x'.repeat(longestUrl)}`, 'notGoals'],
  ['', 'notGoals'],
  ['https://', 'notGoals'],
];

describe('readExplorerUrl', () => {
  for (const [url, expected] of rows)
    it(`${expected}: ${url.slice(0, 130).trim()}`, () => {
      assert.equal(inWords(readExplorerUrl(url)), expected);
    });

  it('reads what explorerUrl writes, in lower case', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.boolean(), (organization, id, upper) => {
        const written = explorerUrl(
          upper
            ? { organizationId: organization.toUpperCase(), viewId: id.toUpperCase() }
            : { organizationId: organization, viewId: id },
        );
        const reading = readExplorerUrl(written);
        assert.ok(reading.kind === 'view');
        assert.ok(sameView(reading.view, { organizationId: organization, viewId: id }));
      }),
    );
  });

  it('accepts only what parses to https on goals.microsoft.com, in 100,000 generated URLs', () => {
    let accepted = 0;
    fc.assert(
      fc.property(generatedUrl, (url) => {
        const reading = readExplorerUrl(url);
        if (reading.kind !== 'view') return;
        accepted += 1;
        const parsed = new URL(url);
        assert.deepEqual(
          [parsed.protocol, parsed.host, parsed.username, parsed.password],
          ['https:', 'goals.microsoft.com', '', ''],
        );
        assert.match(reading.view.organizationId + reading.view.viewId, /^[0-9a-f-]{72}$/);
      }),
      { numRuns: 100_000 },
    );
    assert.ok(accepted > 1000, `only ${String(accepted)} were accepted: the generator tests too little`);
  });

  it('stays quick and does not throw on 50 KB of anything', () => {
    for (const unit of [
      'a',
      '%',
      '/',
      '?viewId=',
      '&viewId=',
      'https://',
      '@',
      ':',
      '\u0000',
      '\ud800',
      '[',
      'ｇ',
    ])
      for (const start of [
        '',
        good,
        'https://goals.microsoft.com/',
        'https://goals.microsoft.com/org_uuid/',
      ]) {
        const reading = readExplorerUrl(start + unit.repeat(50_000 / unit.length));
        assert.notEqual(reading.kind, 'view');
      }
  });
});

const sometimes = (usual: string, ...others: string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 2, arbitrary: fc.constantFrom(usual, ...others) },
  );
const generatedUrl = fc
  .tuple(
    sometimes(
      'https://',
      'http://',
      'HTTPS://',
      'https:',
      'https:\\\\',
      '//',
      'ftp://',
      'javascript:',
      ' https://',
    ),
    sometimes('', 'user@', 'user:pw@', '@', 'goals.microsoft.com@', 'example.org\\@', 'example.org#@', '%40'),
    sometimes(
      'goals.microsoft.com',
      'GOALS.microsoft.com',
      'ｇoals.microsoft.com',
      'goals。microsoft。com',
      'goals.microsoft.com.',
      'goals.microsoft.com.evil.example',
      'xgoals.microsoft.com',
      '127.0.0.1',
      '[::1]',
      'goals%2emicrosoft.com',
      'goals.micrоsoft.com',
    ),
    sometimes('', ':443', ':80', ':0443', ':', ':x', '#', '?', '\t'),
    sometimes('/org_uuid/', '/org_uuid//', '/../org_uuid/', '/ORG_UUID/', '\\org_uuid\\', '/x/../org_uuid/'),
    fc.oneof({ weight: 9, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.string({ maxLength: 40 }) }),
    sometimes(
      '/objective-explorer?viewId=',
      '/objective-explorer/?viewId=',
      '/objective-explorer?a=b&viewId=',
      '/objective-explorer#?viewId=',
      '/objectives?viewId=',
      '/%6fbjective-explorer?viewId=',
      '?viewId=',
    ),
    fc.oneof({ weight: 9, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.string({ maxLength: 40 }) }),
    sometimes('', '#a', '&viewId=', '&x=1', ' ', '\n', '%20', '@goals.microsoft.com'),
  )
  .map((parts) => parts.join(''));
