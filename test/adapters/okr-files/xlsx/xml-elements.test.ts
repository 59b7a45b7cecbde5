import assert from 'node:assert/strict';
import { readXml } from '../../../../src/adapters/okr-files/xlsx/xml-elements.ts';

async function textOf(document: string): Promise<string> {
  let text = '';
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(document));
  }
  await readXml(pieces(), { text: (part) => void (text += part) });
  return text;
}

describe('elements of XML', () => {
  it('bring nothing from elsewhere: entities that a document declares are never expanded', async () => {
    const laughs = '<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">';
    for (const [declared, used] of [
      ['<!ENTITY x SYSTEM "file:///etc/hostname">', '&x;'],
      ['<!ENTITY x SYSTEM "http://127.0.0.1:1/">', '&x;'],
      [laughs, '&c;'],
    ] as const)
      await assert.rejects(textOf(`<!DOCTYPE r [${declared}]><r>${used}</r>`), { message: /damaged/ });
    assert.equal(await textOf(`<!DOCTYPE r [${laughs}]><r>&lt;&amp;&#65;</r>`), '<&A');
  });
});
