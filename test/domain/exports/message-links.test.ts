/** Which views a message names: text, link targets, SafeLinks, order, once each, five at most. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { explorerUrl } from '../../../src/sources/goals/explorer-url.ts';
import { maxTargetsPerMessage } from '../../../src/domain/exports/message-links.ts';
import { readGoalsLinks } from '../../support/samples/goals-links.ts';

const organizationId = '94a356ab-53d5-40e7-8a85-053d6d3b9eb3';
const viewNumber = (n: number): string => `e5e7a3c1-8cdf-409d-9ce9-${String(n).padStart(12, '0')}`;
const link = (n: number): string => explorerUrl({ organizationId, viewId: viewNumber(n) });
const bare = (n: number): string => link(n).replace('https://', '');
const wrap = (url: string): string =>
  `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=05%7C02%7C&reserved=0`;
const wrapInTeams = (url: string): string =>
  `https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html?url=${encodeURIComponent(url)}&locale=en-us`;
const wrapForGovernment = (url: string): string =>
  `https://gcc02.safelinks.protection.office365.us/?url=${encodeURIComponent(url)}`;

const numbers = (targets: readonly { readonly key: string }[]): number[] =>
  targets.map(({ key }) => Number(key.slice(-12)));
const found = (text: string, hrefs: readonly string[] = []): number[] =>
  numbers(readGoalsLinks(text, hrefs).targets);

const texts: readonly (readonly [what: string, text: string, expected: number[]])[] = [
  ['alone', link(1), [1]],
  ['in a sentence', `Please export ${link(1)}, thank you.`, [1]],
  ['at the end of a sentence', `Is it ${link(1)}?! Or ${link(2)}.`, [1, 2]],
  ['in parentheses', `(see ${link(1)})`, [1]],
  ['in angle brackets', `<${link(1)}>`, [1]],
  ['in straight quotes', `"${link(1)}" '${link(2)}'`, [1, 2]],
  ['in curly quotes', `“${link(1)}” ‘${link(2)}’ «${link(3)}»`, [1, 2, 3]],
  ['before an ellipsis or an ideographic stop', `${link(1)}… ${link(2)}。`, [1, 2]],
  ['in Markdown emphasis', `**${link(1)}** _${link(2)}_ ~${link(3)}~`, [1, 2, 3]],
  ['as a Markdown link', `[this view](${link(1)})`, [1]],
  ['as a Markdown link that names itself', `[${link(1)}](${link(1)})`, [1]],
  ['in a list, in order', `${link(3)}\n${link(1)}\r\n${link(2)}`, [3, 1, 2]],
  [
    'twice',
    `${link(1)} ${link(1)
      .toUpperCase()
      .replace(/^.*COM/, 'https://goals.microsoft.com')
      .replace('ORG_UUID', 'org_uuid')
      .replace('OBJECTIVE-EXPLORER', 'objective-explorer')
      .replace('VIEWID', 'viewId')}`,
    [1],
  ],
  ['without a scheme', `export ${bare(1)} please`, [1]],
  ['without a scheme, in parentheses', `(${bare(1)})`, [1]],
  ['with an upper-case scheme', link(1).replace('https', 'HTTPS'), [1]],
  ['not as a part of another host', `x.${bare(1)} evil-${bare(2)} me@${bare(3)}`, []],
  ['not as a part of another path', `https://example.org/${bare(1)} example.org/${bare(2)}`, []],
  ['wrapped', wrap(link(1)), [1]],
  ['wrapped by Teams', wrapInTeams(link(1)), [1]],
  ['wrapped for government', wrapForGovernment(link(1)), [1]],
  ['wrapped twice', wrapInTeams(wrap(link(1))), [1]],
  ['wrapped three times', wrap(wrapInTeams(wrapForGovernment(link(1)))), [1]],
  ['not wrapped four times', wrap(wrap(wrap(wrap(link(1))))), []],
  ['not wrapped by somebody else', wrap(link(1)).replace('outlook.com', 'outlook.com.example.org'), []],
  ['not in another file of the same host', wrapInTeams(link(1)).replace('/safelinks/', '/other/'), []],
  ['not in a wrapper without a target', 'https://eur01.safelinks.protection.outlook.com/?data=1', []],
  ['with invisible characters', `\ufeff${link(1).replace('viewId', 'view\u00adId')}\u200b`, [1]],
  ['with encoded invisible characters', `${link(1)}%E2%80%8B ${link(2)}%C2%AD%ef%bb%bf`, [1, 2]],
  ['with encoded blanks at its end', `${link(1)}%20%0A ${link(2)}%C2%A0`, [1, 2]],
  ['with an invisible character in a wrapper', wrap(`${link(1)}%E2%80%8B`), [1]],
  ['beside another, parted by an invisible character', `${link(1)}\u200b${link(2)}`, [1, 2]],
  ['not with other encoded characters', `${link(1)}%C3%A9 ${link(2)}%E2%80 ${link(3)}%00`, []],
  ['empty', '', []],
];

describe('readMessageLinks', () => {
  for (const [what, text, expected] of texts)
    it(`reads a link ${what}`, () => {
      assert.deepEqual(found(text), expected);
    });

  it('reads link targets too, after the text and once each', () => {
    assert.deepEqual(
      found(`one ${link(1)}`, [link(2), wrap(link(1)), link(3), 'mailto:a@example.org', '']),
      [1, 2, 3],
    );
  });

  it('reads link targets with invisible characters', () => {
    assert.deepEqual(found('', [`${link(1)}\u200b`, `${link(2)}%E2%80%8B`, `\u2060${link(3)}`]), [1, 2, 3]);
  });

  it('decides on the parsed parts whatever is invisible', () => {
    for (const trick of ['goals.microsoft.com%E2%80%8B@example.org', 'goals.microsoft.com\u200b.example.org'])
      assert.deepEqual(found('', [link(1).replace('goals.microsoft.com', trick)]), []);
  });

  const others = {
    'https://example.org/a': 'page',
    'https://bit.ly/3abcdef': 'page',
    'https://teams.microsoft.com/l/message/19:a@thread.v2/1782848598379': 'page',
    'https://example.org/goals.csv?web=1': 'file',
    'https://sample.sharepoint.com/:x:/r/sites/okr/Goals.xlsx?d=w1': 'file',
    'https://sample-my.sharepoint.us/personal/ada': 'file',
  };
  for (const [address, elsewhere] of Object.entries(others))
    it(`says that ${address} leads to a ${elsewhere}, also wrapped`, () => {
      const nothing = { targets: [], leftOut: [], misread: [] };
      assert.deepEqual(readGoalsLinks(address, []), { ...nothing, elsewhere });
      assert.deepEqual(readGoalsLinks('', [wrap(address)]), { ...nothing, elsewhere });
    });

  it('says nothing of what is no web address', () => {
    const links = readGoalsLinks('mail me', ['mailto:a@example.org', 'tel:1', '#top', '']);
    assert.deepEqual(links, { targets: [], leftOut: [], misread: [] });
  });

  it('takes five views and names those that it left out', () => {
    const links = readGoalsLinks([4, 2, 6, 1, 3, 7, 5, 2].map(link).join(' '), []);
    assert.deepEqual(
      [numbers(links.targets), numbers(links.leftOut)],
      [
        [4, 2, 6, 1, 3],
        [7, 5],
      ],
    );
  });

  it('says each way in which Viva Goals links are no views, once', () => {
    const links = readGoalsLinks(
      `https://goals.microsoft.com/ https://goals.microsoft.com/home ${link(1)}x https://example.org/`,
      [wrap('http://goals.microsoft.com/')],
    );
    assert.deepEqual(links, {
      targets: [],
      leftOut: [],
      misread: ['otherPage', 'badViewId', 'notHttps'].map((problem) => ({ source: 'goals', problem })),
      elsewhere: 'page',
    });
  });

  it('finds every view in any text around it, in order', () => {
    const filler = fc.constantFrom(
      ' ',
      '\n',
      ' see ',
      ' (',
      ') ',
      ', ',
      ' https://example.org/a ',
      ' <',
      '> ',
      ' é🎯 ',
    );
    const written = fc.constantFrom(link, bare, (n: number) => wrap(link(n)));
    fc.assert(
      fc.property(fc.array(fc.tuple(filler, written, fc.integer({ min: 1, max: 9 }))), (parts) => {
        const expected = [...new Set(parts.map(([, , n]) => n))];
        const text = parts.map(([before, write, n]) => `${before} ${write(n)} `).join('');
        const links = readGoalsLinks(text, []);
        assert.deepEqual(numbers([...links.targets, ...links.leftOut]), expected);
        assert.equal(links.targets.length, Math.min(expected.length, maxTargetsPerMessage));
      }),
    );
  });

  it('never throws, whatever is written', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('https://', 'goals.microsoft.com/', link(1), wrap(''), '?url=', '%'),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        fc.array(fc.string()),
        (text, hrefs) => {
          assert.ok(readGoalsLinks(text, hrefs).targets.length <= maxTargetsPerMessage);
        },
      ),
    );
  });

  // Quadratic time would take minutes for these and so run into the suite's timeout many times over.
  it('is linear on 500 KB of the worst', () => {
    for (const unit of [
      'https://',
      'http',
      'goals.microsoft.com/',
      'goals.microsoft.com',
      '.',
      ')',
      'https:// ',
      'w',
      `${bare(1)}) `,
      '%',
      wrap(''),
    ]) {
      const text = unit.repeat(500_000 / unit.length);
      assert.ok(readGoalsLinks(text, [text]).targets.length <= 1);
      assert.deepEqual(found(`https://x${text}`).length <= 1, true);
    }
  });
});
