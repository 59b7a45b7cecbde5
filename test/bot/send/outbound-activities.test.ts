import assert from 'node:assert/strict';
import { en } from '../../../src/words/en/en.ts';
import { canSaveFrom, consentActivity, savedActivity } from '../../../src/bot/send/outbound-activities.ts';
import { someConversation } from '../../support/samples/sample-exports.ts';

describe('bot/outbound-activities', () => {
  const places: readonly (readonly [serviceUrl: string, can: boolean])[] = [
    ['https://smba.trafficmanager.net/emea/', true],
    ['http://127.0.0.1:3999/', true],
    ['https://smba.infra.gcc.teams.microsoft.com/', false],
    ['https://smba.infra.gov.teams.microsoft.us/', false],
    ['https://smba.infra.dod.teams.microsoft.us/', false],
    ['no address', false],
  ];
  for (const [serviceUrl, can] of places)
    it(`${can ? 'offers' : 'offers no'} OneDrive at ${serviceUrl}`, () => {
      assert.equal(canSaveFrom(someConversation({ kind: 'personal', serviceUrl })), can);
      for (const kind of ['groupChat', 'channel'] as const)
        assert.equal(canSaveFrom(someConversation({ kind, serviceUrl })), false);
    });

  it('asks for the consent with an opaque id, and nothing else that counts', () => {
    const [card] = consentActivity(en, { offerId: 'id', fileName: 'OKRs.xlsx', bytes: 7 }).attachments ?? [];
    assert.equal(card?.name, 'OKRs.xlsx');
    assert.deepEqual(card.content, {
      description: 'Shall I save this file to your OneDrive?',
      sizeInBytes: 7,
      acceptContext: { offerId: 'id' },
      declineContext: { offerId: 'id' },
    });
  });

  it('shows the saved file without the way it was uploaded', () => {
    const activity = savedActivity(en, {
      name: 'OKRs (1).xlsx',
      uniqueId: 'u',
      fileType: 'xlsx',
      uploadUrl: 'https://sample.sharepoint.com/upload?secret',
      contentUrl: 'https://sample.sharepoint.com/OKRs%20(1).xlsx',
    });
    assert.deepEqual(activity.attachments, [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        name: 'OKRs (1).xlsx',
        contentUrl: 'https://sample.sharepoint.com/OKRs%20(1).xlsx',
        content: { uniqueId: 'u', fileType: 'xlsx' },
      },
    ]);
    assert.equal(activity.summary, 'Saved to your OneDrive: OKRs (1).xlsx');
    assert.ok(!JSON.stringify(activity).includes('secret'));
  });

  it('takes the type of the saved file from its name, and shows it in a card of its own without its id', () => {
    const target = {
      name: 'OKRs.XLSX',
      uploadUrl: 'https://sample.sharepoint.com/upload?secret',
      contentUrl: 'https://sample.sharepoint.com/OKRs.xlsx',
    };
    const [info] = savedActivity(en, { ...target, uniqueId: 'u' }).attachments ?? [];
    assert.deepEqual(info?.content, { uniqueId: 'u', fileType: 'xlsx' });
    const activity = savedActivity(en, target);
    const [card] = activity.attachments ?? [];
    assert.equal(card?.contentType, 'application/vnd.microsoft.card.adaptive');
    assert.match(JSON.stringify(card.content), /Saved to your OneDrive.*OKRs\.XLSX/);
    assert.match(JSON.stringify(card.content), /"url":"https:\/\/sample\.sharepoint\.com\/OKRs\.xlsx"/);
    assert.ok(!JSON.stringify(activity).includes('secret'));
  });
});
