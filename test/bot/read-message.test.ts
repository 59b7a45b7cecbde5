import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { readActivity } from '../../src/bot/inbound-activity.ts';
import { readMessage } from '../../src/bot/read-message.ts';
import { messageIn, view } from '../support/activities.ts';

const place = { serviceUrl: 'https://smba.trafficmanager.net/emea/', botId: 'bot', tenantId: randomUUID() };
const inGroup = { ...place, kind: 'groupChat' as const };
const first = { organizationId: randomUUID(), viewId: randomUUID() };
const second = { organizationId: randomUUID(), viewId: randomUUID() };
const link = view(first.organizationId, first.viewId);
const otherLink = view(second.organizationId, second.viewId);
const html = (content: unknown) => ({ attachments: [{ contentType: 'text/html', content }] });

const read = (activity: object) => {
  const reading = readActivity(activity);
  assert.ok(reading);
  return readMessage(reading);
};

describe('bot/read-message', () => {
  it('strips every mention of the bot, and only the tags of others', () => {
    const text = '<at>Goals export</at> <at>Goals export</at> list <at id="2">Sample Person</at>';
    assert.equal(read(messageIn(inGroup, '', { text })).text, 'list Sample Person');
  });

  it('strips a mention without tags', () => {
    const mention = { type: 'mention', text: '@Goals export', mentioned: { id: '28:bot' } };
    assert.equal(read(messageIn(place, '@Goals export help', { entities: [mention] })).text, 'help');
  });

  it('keeps a mention of somebody else who has the same words', () => {
    const mention = { type: 'mention', text: 'list', mentioned: { id: '29:person' } };
    assert.equal(read(messageIn(place, 'list', { entities: [mention] })).text, 'list');
  });

  it('takes the words from the HTML when there is no text', () => {
    const content =
      '<p><span itemtype="http://schema.skype.com/Mention" itemid="0">Goals export</span>&nbsp;sign out</p>';
    assert.equal(read(messageIn(place, '', html(content))).text, 'sign out');
  });

  const oneView = [
    ['plain text', messageIn(place, `please ${link}, thanks`)],
    ['text with escaped ampersands', messageIn(place, link.replace('?', '?tab=1&amp;'))],
    ['the target of a link', messageIn(place, 'Our goals', html(`<a href="${link}">Our goals</a>`))],
    ['text and the same in HTML', messageIn(place, link, html(`<p><a href="${link}">${link}</a></p>`))],
    [
      'a link whose words are cut short',
      messageIn(place, `${link.slice(0, 60)}…`, html(`<a href="${link}">${link.slice(0, 60)}…</a>`)),
    ],
    [
      'a mention and a link',
      messageIn(inGroup, link, html(`<at>Goals export</at> <a href="${link}">goals</a>`)),
    ],
    ['text when the HTML has nothing', messageIn(place, link, html('<p>see above</p>'))],
    ['text beside HTML of another type', messageIn(place, link, html({ not: 'text' }))],
    ['text beside HTML beyond all bounds', messageIn(place, link, html('<p>'.repeat(60_000)))],
  ] as const;
  for (const [where, activity] of oneView) {
    it(`finds the view in ${where}`, () => {
      assert.deepEqual(read(activity).links, { views: [first], leftOut: [], misread: [] });
    });
  }

  it('finds views beside links and in them, once each', () => {
    const content = `<p>${otherLink} and <a href="${link}">this</a> and <a href="${link}">this again</a></p>`;
    assert.deepEqual(read(messageIn(place, 'x', html(content))).links.views, [second, first]);
  });

  it('reports what is no saved view', () => {
    const { links } = read(messageIn(place, 'https://goals.microsoft.com/home'));
    assert.deepEqual(links, { views: [], leftOut: [], misread: ['otherPage'] });
  });

  it('reads whatever comes without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.jsonValue(), (text, markup, junk) => {
        read(messageIn(inGroup, text, html(`<a href="${markup}">${markup}`)));
        read(
          messageIn(place, text, { entities: [junk, null], attachments: [junk, null], channelData: junk }),
        );
      }),
    );
  });

  const heavy = {
    'opened and never closed': '<b>',
    'closed by others': '<b></i>',
    'comments in comments': '<!--',
    'brackets only': '<',
    'links in links': '<a href="https://example.com/">',
    'elements in elements': '<div>',
  };
  for (const [what, piece] of Object.entries(heavy)) {
    it(`finds the link in 100 KB of ${what}, without holding up anybody`, () => {
      const content = `${piece.repeat(100_000 / piece.length)}<a href="${link}">x</a>`;
      const begun = process.cpuUsage();
      assert.deepEqual(read(messageIn(place, 'x', html(content))).links.views, [first]);
      // A generous guard: some of these took the parser half a minute.
      assert.ok(process.cpuUsage(begun).user < 1_000_000);
    });
  }
});
