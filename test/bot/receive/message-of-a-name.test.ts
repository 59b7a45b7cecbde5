// What a message says beside its links, and which message it replies to: what a name is given by, and to what.
import assert from 'node:assert/strict';
import { readMessage, type ReadMessage } from '../../../src/bot/receive/read-message.ts';
import { readActivity } from '../../../src/bot/receive/turn.ts';
import { view } from '../../support/bot/activities.ts';
import { readGoalsLinks } from '../../support/samples/goals-links.ts';

const link = view('0c9a4f3e-51d7-4e0b-9a68-3b7d2f1c8e40', 'a1d5e0c2-7b34-4f8e-9c10-2e6f4a8b0d11');

function read(text: string, html?: string): ReadMessage {
  const attachments = html === undefined ? [] : [{ contentType: 'text/html', content: html }];
  const activity = readActivity({ type: 'message', text, attachments });
  assert.ok(activity);
  return readMessage(activity, readGoalsLinks);
}

describe('bot/read-message, about names', () => {
  const beside: readonly (readonly [text: string, html: string | undefined, said: string])[] = [
    [`save as Q3 sales ${link}`, undefined, 'save as Q3 sales'],
    [`${link} save as Q3 sales`, undefined, 'save as Q3 sales'],
    [`save as Q3 <${link}> sales.`, undefined, 'save as Q3 sales.'],
    [`save as Q3 ${link}`, `<p>save as Q3 <a href="${link}">our plan</a></p>`, 'save as Q3'],
    [`save as Q3 ${link}`, `<p>save as Q3 ${link}</p>`, 'save as Q3'],
    ['save as Q3', undefined, 'save as Q3'],
  ];
  for (const [text, html, said] of beside)
    it(`hears ${JSON.stringify(said)} in ${html === undefined ? text.replace(link, 'LINK') : 'its HTML'}`, () => {
      assert.equal(read(text, html).besideLinks, said);
    });

  const reply = (attributes: string) =>
    `<blockquote itemscope="" itemtype="http://schema.skype.com/Reply"${attributes}>Ready</blockquote><p>save as Q3</p>`;

  it('knows which message it replies to, where the client says so', () => {
    const replied = read('save as Q3', reply(' itemid="1772445600000"'));
    assert.equal(replied.repliesTo, '1772445600000');
    assert.equal(replied.besideLinks, 'save as Q3');
    assert.equal(read('<quoted messageId="1772445600000"/> save as Q3').repliesTo, '1772445600000');
    for (const odd of ['', ' itemid=""', ` itemid="${'1'.repeat(21)}"`, ' itemid="x"'])
      assert.equal(read('save as Q3', reply(odd)).repliesTo, undefined);
    assert.equal(read('save as Q3').repliesTo, undefined);
  });
});
