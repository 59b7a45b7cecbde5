// Files that hold nothing, or something else: each is answered with what helps, soon, through the whole bot.
import assert from 'node:assert/strict';
import { strToU8, zipSync } from 'fflate';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { downloadPageOf, exportIdOf, readyAtOnce, useAppWorld } from '../../support/app/app-suite.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;

describe('odd files', () => {
  const suite = useAppWorld({ variables: { LIMIT_DAILY_PER_USER: '100', LIMIT_OPEN_PER_USER: '100' } });
  const chat = personalChat(ada);
  before(() => suite.signIn(ada));

  const sendFile = async (name: string, bytes: Uint8Array): Promise<void> => {
    const file = suite.world().files.offer({ name, bytes });
    await suite.say(chat, ada, { text: '', files: [file] });
  };

  it('that are exports without a byte say so, and can be had as they are', async () => {
    const { graph } = suite.world();
    const view = suite.view(readyAtOnce);
    graph.script({
      match: { op: 'content', view: view.explorerViewId },
      respond: { status: 200, headers: { 'content-type': 'text/csv' }, body: '' },
    });
    await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /✓ {2}Ready[^]*could not summarise it: it is empty\./, view);
    const asked = await suite.press(chat, ada, { verb: 'download', exportId: exportIdOf(card) }, card.id);
    const page = downloadPageOf(asked);
    const asWorkbook = await fetch(`${page}?format=workbook`, { method: 'POST' });
    assert.match(asWorkbook.headers.get('content-type') ?? '', /text\/html/, 'said, not made');
    const original = await fetch(page, { method: 'POST' });
    assert.equal(original.status, 200);
    assert.equal((await original.arrayBuffer()).byteLength, 0);
  });

  it('that people send without a byte say so', async () => {
    await sendFile('nothing.csv', new Uint8Array());
    await suite.card(chat, /This file is empty[^]*nothing\.csv/);
    await sendFile('blank.csv', Buffer.from('\uFEFF \r\n\r\n'));
    await suite.card(chat, /This file is empty[^]*blank\.csv/);
  });

  it('in Windows-1252 show their letters, and are handed over untouched', async () => {
    const bytes = Buffer.from('Id,Title,Owner\n1,Größe,Jürgen\n', 'latin1');
    await sendFile('Größe.csv', bytes);
    const card = await suite.card(chat, /what your file says[^]*Größe\.csv[^]*as Windows-1252/);
    const fileId =
      /"subject":\{"kind":"ownFile","id":"([\w-]+)"/.exec(JSON.stringify(card.versions.at(-1)))?.[1] ?? '';
    const asked = await suite.press(chat, ada, { verb: 'downloadFile', fileId }, card.id);
    const original = await fetch(downloadPageOf(asked), { method: 'POST' });
    assert.deepEqual(Buffer.from(await original.arrayBuffer()), bytes);
  });

  it('with a password say how to take it off', async () => {
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
    await sendFile('Secret.xlsx', Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]));
    await suite.card(chat, /protected with a password or a label[^]*Protect Workbook[^]*Secret\.xlsx/);
  });

  it('that are archives, also under another name, ask for what is inside', async () => {
    const zip = zipSync({ 'OKRs.csv': strToU8('Title\nGrow\n') });
    await sendFile('OKRs.zip', zip);
    await suite.card(chat, /can’t look into archives[^]*OKRs\.zip/);
    await sendFile('OKRs.xlsx', zip);
    await suite.card(chat, /can’t look into archives[^]*OKRs\.xlsx/);
  });

  it('whose link leads on are answered without waiting', async () => {
    const { files } = suite.world();
    const headers = { location: 'https://elsewhere.example/' };
    const rule = files.script({ match: { op: 'download' }, respond: { status: 302, headers } });
    await sendFile('Moved.csv', Buffer.from('Title\nGrow\n'));
    await suite.card(chat, /leads on to another place[^]*Moved\.csv/);
    assert.equal(rule.hits(), 1, 'it is not asked again');
    rule.remove();
  });
});
