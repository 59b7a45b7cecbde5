import { someTarget } from '../../support/samples/sample-exports.ts';
import { readGoalsLinks } from '../../support/samples/goals-links.ts';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readActivity } from '../../../src/bot/receive/turn.ts';
import { readMessage } from '../../../src/bot/receive/read-message.ts';
import { messageIn } from '../../support/bot/activities.ts';

const place = { serviceUrl: 'https://smba.trafficmanager.net/emea/', botId: 'bot', tenantId: randomUUID() };
const inGroup = { ...place, kind: 'groupChat' as const };
const [first, second] = [someTarget(), someTarget()];
const link = first.address ?? '';
const otherLink = second.address ?? '';
const html = (content: unknown) => ({ attachments: [{ contentType: 'text/html', content }] });

const read = (activity: object) => {
  const reading = readActivity(activity);
  assert.ok(reading);
  return readMessage(reading, readGoalsLinks);
};
const wordsAndLinks = (activity: object) => {
  const { text, links } = read(activity);
  return { text, links };
};

describe('bot/read-message', () => {
  it('strips every mention, of the bot and of others', () => {
    const text = '<at>Goals export</at> <at>Goals export</at> list <at id="2">Sample Person</at>';
    assert.equal(read(messageIn(inGroup, '', { text })).text, 'list');
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

  const mentioned = { id: '28:bot', name: 'OKR & Export' };
  const lists: readonly (readonly [what: string, text: string, given?: object])[] = [
    [
      'a mention without its text',
      '<at>Goals export</at> list',
      { entities: [{ type: 'mention', mentioned }] },
    ],
    ['a mention and no entity', '<at>Goals export</at> list', { entities: [] }],
    ['an encoded mention', '&lt;at&gt;OKR &amp; Export&lt;/at&gt; list'],
    ['a name encoded twice', '<at>OKR &amp;amp; Export</at>&nbsp;list'],
    ['no-break spaces in the name', '<at>Goals\u00a0export</at>\u00a0list'],
    ['upper case and an id', '<AT ID="0">Goals export</AT> list'],
    ['a name in two mentions', '<at id="0">Goals</at> <at id="1">export</at> list'],
    ['no blank behind the mention', '<at>Goals export</at>list'],
    ['a mention that is not closed', '<at>list <at>Sample Person</at>'],
    ['the name written by hand', '@Goals export list', { entities: [] }],
    [
      'an encoded name without tags',
      '@OKR &amp; Export list',
      { entities: [{ type: 'mention', mentioned, text: '@OKR & Export' }] },
    ],
    [
      'others without tags',
      'list @Ann @Ann Example',
      {
        entities: [
          { type: 'mention', mentioned: { id: '29:a', name: 'Ann' }, text: '@Ann' },
          { type: 'mention', mentioned: { id: '29:b', name: 'Ann Example' } },
        ],
      },
    ],
    ['a placeholder of a quote', '<quoted messageId="1782848598379"/> list'],
    ['a placeholder of an attachment', '<attachment id="f3a0"></attachment>list'],
    ['a placeholder of an event', '<systemEventMessage/>list'],
    ['an emoji', 'list <emoji id="smile" alt="🙂" title="Smile"></emoji>'],
    ['paragraphs', '<p>list</p><br/>'],
    ['invisible characters', '\ufeff\u2066l\u00adi\u200bs\u2060t\ufe0f\u2069\u200e'],
    ['encoded invisible characters', '&#8203;list&ZeroWidthSpace;&shy;'],
  ];
  for (const [what, text, given] of lists) {
    it(`reads the words beside ${what}`, () => {
      assert.equal(read(messageIn(place, text, { ...given })).text, 'list');
    });
  }

  it('leaves what people put into brackets', () => {
    assert.equal(read(messageIn(place, '<list> &lt;help&gt; <paper>')).text, '<list> <help> <paper>');
  });

  const odd = (name: string): object =>
    JSON.parse(readFileSync(new URL(`odd-messages/${name}.json`, import.meta.url), 'utf8')) as object;
  for (const name of [
    'm01-mention-without-text',
    'm02a-text-encoded-entity-not',
    'm02d-somebody-else-mentioned-too',
    'm04-quoted-placeholder-list',
    'm05a-list-zero-width-space',
  ])
    it(`reads "list" in ${name}`, () => {
      assert.equal(read(odd(name)).text, 'list');
    });

  it('reads the link in m05b-link-zero-width-space', () => {
    assert.equal(read(odd('m05b-link-zero-width-space')).links.targets.length, 1);
  });

  describe('a reply to somebody’s message', () => {
    const reply = (quoted: string, own: string): string =>
      `<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="1"><strong>Ben Example</strong><span itemprop="time"></span><p itemprop="preview">${quoted}</p></blockquote>${own}`;
    const nothing = { targets: [], leftOut: [], misread: [] };

    it('has the person’s own words and no links of the other’s: m03a-quoted-link-thanks', () => {
      assert.deepEqual(wordsAndLinks(odd('m03a-quoted-link-thanks')), { text: 'thanks', links: nothing });
    });

    const texts = {
      'repeats the quote': `Ben Example\n${link}\nthanks`,
      'has all in one line': `Ben Example ${link} thanks`,
      'has the placeholder': '<quoted messageId="1"/> thanks',
      'is empty': '',
    };
    for (const [what, text] of Object.entries(texts))
      it(`is read rightly when the text ${what}`, () => {
        const content = reply(`<a href="${link}">${link}</a>`, '<p>thanks</p>');
        assert.deepEqual(wordsAndLinks(messageIn(place, text, html(content))), {
          text: 'thanks',
          links: nothing,
        });
      });

    it('is read from the text when the HTML holds the quote only', () => {
      const activity = messageIn(place, `Ben Example\n${link}\nlist`, html(reply(link, '')));
      assert.deepEqual(wordsAndLinks(activity), { text: 'list', links: nothing });
    });

    it('is nobody’s wish when there is a picture only below it, however the text repeats it', () => {
      const content = html(reply(`<a href="${link}">Our goals</a>`, '<p><img alt="+1" src="x"></p>'));
      const viewsIn = (text: string) => read(messageIn(place, text, content)).links.targets;
      for (const text of [`Ben Example ${link}`, `Our goals <${link}>`]) assert.deepEqual(viewsIn(text), []);
      assert.deepEqual(viewsIn(`Ben Example ${link} ${otherLink}`), [second]);
    });

    it('exports the link that the person wrote below', () => {
      const content = reply(link, `<p>rather <a href="${otherLink}">this</a></p>`);
      assert.deepEqual(read(messageIn(place, `rather ${otherLink}`, html(content))).links.targets, [second]);
    });

    it('ends where the quote ends, also with quotes and forwards in it', () => {
      const inner = `<blockquote itemtype=http://schema.skype.com/Forward>${link}</blockquote>${link}`;
      const content = reply(inner, `<blockquote>${otherLink}</blockquote>`);
      assert.deepEqual(read(messageIn(place, '', html(content))).links.targets, [second]);
    });

    it('is nobody’s wish when the quote is left open', () => {
      const content = reply(link, '').replace('</blockquote>', '');
      assert.deepEqual(read(messageIn(place, '', html(content))).links, nothing);
    });

    it('is told apart in HTML beyond what the parser sees', () => {
      const content = reply(`<a href="${link}">x</a>${'<b>'.repeat(9000)}`, `<a href="${otherLink}">x</a>`);
      assert.deepEqual(read(messageIn(place, 'x', html(content))).links.targets, [second]);
    });

    it('is not what somebody forwards', () => {
      const content = `<blockquote itemscope="" itemtype="http://schema.skype.com/Forward"><p><a href="${link}">x</a></p></blockquote>`;
      assert.deepEqual(read(messageIn(place, '', html(content))).links.targets, [first]);
    });
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
      assert.deepEqual(read(activity).links, { targets: [first], leftOut: [], misread: [] });
    });
  }

  it('finds views beside links and in them, once each', () => {
    const content = `<p>${otherLink} and <a href="${link}">this</a> and <a href="${link}">this again</a></p>`;
    assert.deepEqual(read(messageIn(place, 'x', html(content))).links.targets, [second, first]);
  });

  it('reports what is no saved view', () => {
    const { links } = read(messageIn(place, 'https://goals.microsoft.com/home'));
    const misread = [{ source: 'goals', problem: 'otherPage' }];
    assert.deepEqual(links, { targets: [], leftOut: [], misread });
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

  for (const piece of ['<at>', '<at>x', '<at ', '&lt;at&gt;', '<p', '&amp;', '<quoted ', '\u200b'])
    it(`reads 200 KB of ${JSON.stringify(piece)}, without holding up anybody`, () => {
      const begun = process.cpuUsage();
      read(messageIn(place, piece.repeat(200_000 / piece.length), html('<p>x</p>')));
      assert.ok(process.cpuUsage(begun).user < 1_000_000);
    });

  const heavy = {
    'opened and never closed': '<b>',
    'closed by others': '<b></i>',
    'comments in comments': '<!--',
    'brackets only': '<',
    'links in links': '<a href="https://example.com/">',
    'elements in elements': '<div>',
    'quotes in quotes': '<blockquote itemtype="http://schema.skype.com/Forward">',
  };
  for (const [what, piece] of Object.entries(heavy)) {
    it(`finds the link in 100 KB of ${what}, without holding up anybody`, () => {
      const content = `${piece.repeat(100_000 / piece.length)}<a href="${link}">x</a>`;
      const begun = process.cpuUsage();
      assert.deepEqual(read(messageIn(place, 'x', html(content))).links.targets, [first]);
      // A generous guard: some of these took the parser half a minute.
      assert.ok(process.cpuUsage(begun).user < 1_000_000);
    });
  }
});
