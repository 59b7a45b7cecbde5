/** What each wrapper holds; addresses, tokens and ids are made up after the vendors' documents. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { explorerUrl, targetOf } from '../../../src/sources/goals/explorer-url.ts';
import { unwrapLink } from '../../../src/domain/exports/link-wrappers.ts';
import { readGoalsLinks } from '../../support/samples/goals-links.ts';

const view = {
  organizationId: '94a356ab-53d5-40e7-8a85-053d6d3b9eb3',
  viewId: 'e5e7a3c1-8cdf-409d-9ce9-ff730d65d95e',
};
const link = explorerUrl(view);
const encoded = encodeURIComponent(link);
const inVersion2 = encodeURIComponent(link.replaceAll('-', '-2D').replaceAll('_', '-5F'))
  .replaceAll('%2F', '_')
  .replaceAll('%', '-');

const wrappers: Readonly<Record<string, string>> = {
  'SafeLinks in the global cloud': `https://eur01.safelinks.protection.outlook.com/?url=${encoded}&data=05`,
  'SafeLinks without a region': `https://safelinks.protection.outlook.com/?url=${encoded}`,
  'SafeLinks for government': `https://gcc02.safelinks.protection.office365.us/?url=${encoded}`,
  'SafeLinks for defence': `https://safelinks.protection.apps.mil/?url=${encoded}`,
  'SafeLinks in China': `https://can01.safelinks.protection.partner.outlook.cn/?url=${encoded}`,
  'SafeLinks whose parameter is rewritten': `https://eur01.safelinks.protection.outlook.com/?Url=${encoded}`,
  'SafeLinks all in capitals': `https://EUR01.SAFELINKS.PROTECTION.OUTLOOK.COM/?URL=${encoded}`,
  'SafeLinks of Teams': `https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html?url=${encoded}&locale=en-us`,
  'SafeLinks of Teams for insiders': `https://staticsint.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=${encoded}`,
  'SafeLinks of Outlook on the web': `https://outlook.office.com/mail/safelink.html?url=${encoded}&corid=1`,
  'Proofpoint version 1': `https://urldefense.proofpoint.com/v1/url?u=${encoded}&k=oIvRg1%2BdGAgOoM1BIlLLqw%3D%3D`,
  'Proofpoint version 2': `https://urldefense.proofpoint.com/v2/url?u=${inVersion2}&d=DwMFAg&c=abc&e=`,
  'Proofpoint version 3': `https://urldefense.com/v3/__${link}__;!!ACWV5N9M2RV99hQ!OoUKcyWau-t8eL2G_bNr$`,
  'Proofpoint version 3 for government': `https://urldefense.us/v3/__${link}__;!!ACWV5N9M!OoUKcyWau$`,
  'Proofpoint version 3 that lost a slash': `https://urldefense.com/v3/__${link.replace('//', '/')}__;!!A!O$`,
  'Proofpoint version 3 with replaced characters': `https://urldefense.com/v3/__${link}*row**A4__;Iy3DqcOo!!A!O$`,
  'a tab in Teams': `https://teams.microsoft.com/l/entity/ac78e2e0/goals?webUrl=${encoded}&label=Goals`,
  'a tab in new Teams': `https://teams.cloud.microsoft/l/entity/ac78e2e0/goals?webUrl=${encoded}`,
  'a tab in Teams for government': `https://gov.teams.microsoft.us/l/entity/ac78e2e0/goals?webUrl=${encoded}`,
  'a tab’s context': `https://teams.microsoft.com/l/entity/ac78e2e0/goals?context=${encodeURIComponent(JSON.stringify({ channelId: '19:a', subEntityId: link }))}`,
  'a dialog of Teams': `https://teams.microsoft.com/l/task/ac78e2e0?url=${encoded}&height=600`,
  'an older link of Teams': `https://teams.microsoft.com/_#/l/entity/ac78e2e0/goals?webUrl=${encoded}`,
  'the launcher of Teams': `https://teams.microsoft.com/dl/launcher/launcher.html?url=${encodeURIComponent(`/_#/l/entity/ac78e2e0/goals?webUrl=${encoded}`)}&type=entity`,
};

describe('unwrapLink', () => {
  for (const [what, address] of Object.entries(wrappers)) {
    it(`opens ${what}`, () => {
      assert.deepEqual(readGoalsLinks(address, []).targets, [targetOf(view)]);
      assert.deepEqual(readGoalsLinks('', [address]).targets, [targetOf(view)]);
    });

    it(`opens ${what} in SafeLinks`, () => {
      const outer = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(address)}`;
      assert.deepEqual(readGoalsLinks(outer, []).targets, [targetOf(view)]);
    });
  }

  const closed = {
    'of somebody else': `https://example.org/?url=${encoded}`,
    'on a host that ends alike': `https://evilurldefense.com/v3/__${link}__;!!A!O$`,
    'on a host that begins alike': `https://teams.microsoft.com.example.org/l/entity/a/b?webUrl=${encoded}`,
    'whose target is on another host': `https://urldefense.com/v3/__${link.replace('.com', '.com.example.org')}__;!!A!O$`,
    'with a broken encoding': 'https://urldefense.proofpoint.com/v2/url?u=https-3A__goals.microsoft.com_-ZZ',
    'without a target':
      'https://teams.microsoft.com/l/entity/ac78e2e0/goals?context=%7B%22subEntityId%22%3A7',
  };
  for (const [what, address] of Object.entries(closed))
    it(`finds nothing in one ${what}`, () => {
      assert.deepEqual(readGoalsLinks(address, []).targets, []);
    });

  it('puts back what version 3 replaced', () => {
    assert.equal(
      unwrapLink('https://urldefense.com/v3/__https://a.example/x*y**Bz*__;I8Ogw6HDosOj!!A!O$'),
      'https://a.example/x#yàáâzã',
    );
  });

  it('never throws, whatever is inside', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('%', '*', '**', '__', ';', '!!', '#/', '//', '{"url":"/"}'),
    );
    const head = fc.constantFrom(
      ...Object.values(wrappers).map((address) => address.slice(0, address.search(/[?_]/) + 1)),
    );
    fc.assert(
      fc.property(
        head,
        fc.array(piece),
        fc.constantFrom('u', 'url', 'context', 'webUrl'),
        (start, pieces, name) => {
          const address = `${start}${name}=${pieces.join('')}`;
          if (URL.canParse(address)) unwrapLink(address);
        },
      ),
    );
  });
});
