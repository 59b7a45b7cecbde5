// The answer, not just the file: figures and changes of exports and of people's own files, sharing, OneDrive, and forgetting it all.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { contentFor } from '../../../src/sandbox/graph/goals-content.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import {
  downloadPageOf,
  exportIdOf,
  readyAtOnce,
  titlesOf,
  useAppWorld,
} from '../../support/app/app-suite.ts';
import { actionsOf, cardOf, isConsentCard, latest, wordsOf } from '../../support/teams/card-search.ts';
import type { KeptActivity } from '../../support/teams/connector-api.ts';
import { assertPublicOnly } from '../../support/app/public-eye.ts';
import { groupChat, personalChat } from '../../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);

describe('what files say', () => {
  const suite = useAppWorld({ variables: { LIMIT_DAILY_PER_USER: '100', LIMIT_OPEN_PER_USER: '100' } });
  const chat = personalChat(ada);
  before(() => suite.signIn(ada));

  const csv = (createdAt: number): Buffer =>
    contentFor({ explorerViewId: 'e5e7a3c1-8cdf-409d-9ce9-ff730d65d95e', createdAt, rows: 60 });
  const sendFile = async (name: string, bytes: Uint8Array): Promise<void> => {
    const file = suite.world().files.offer({ name, bytes });
    await suite.say(chat, ada, { text: '', files: [file] });
  };
  const fileIdOf = (shown: KeptActivity): string => {
    const found = actionsOf(cardOf(latest(shown)))
      .map(({ data }) => (data as { subject?: { id: string } } | undefined)?.subject?.id)
      .find((id) => id !== undefined);
    assert.ok(found !== undefined);
    return found;
  };
  const march = Date.UTC(2026, 2, 2);

  it('of an export stand on its requester’s card, and what changed since the last one on the next', async () => {
    const view = suite.view(readyAtOnce);
    await suite.say(chat, ada, view.url);
    const first = await suite.card(chat, /✓ {2}Ready[^]*objectives[^]*average progress/, view);
    assert.match(wordsOf(cardOf(latest(first))), /Next time I’ll also tell you what changed/);
    await suite.press(chat, ada, { verb: 'exportAgain', exportId: exportIdOf(first) }, first.id);
    const second = await suite.card(chat, /What changed since|Nothing changed since/, view);
    assert.notEqual(second.id, first.id);
  });

  it('of a person’s own file stand on one card, with every way to take it, and next time what changed', async () => {
    const { files } = suite.world();
    await sendFile('Company OKRs_2026_03_02.csv', csv(march));
    const first = await suite.card(chat, /Here is what your file says[^]*Company OKRs_2026_03_02/);
    assert.match(JSON.stringify(first.versions[0]), /Got your file|Reading your file|Here is what/);
    assert.deepEqual(titlesOf(cardOf(latest(first))), [
      'Download',
      'Excel workbook',
      'CSV for spreadsheets',
      'Original file',
    ]);
    await sendFile('Company OKRs_2026_04_02.csv', csv(march + 31 * 24 * 3600_000));
    const second = await suite.card(chat, /Company OKRs_2026_04_02[^]*What changed since/);
    const page = downloadPageOf(
      await suite.press(chat, ada, { verb: 'downloadFile', fileId: fileIdOf(second) }, second.id),
    );
    assert.match(await (await fetch(page)).text(), /Excel workbook/);
    assert.deepEqual(files.withAuthorization(), [], 'the pre-signed link is asked without a token');
  });

  it('is answered in words when a file is none that can be read', async () => {
    await sendFile('Minutes.docx', Buffer.from('words'));
    await suite.card(chat, /can’t read this kind of file[^]*Minutes\.docx/);
    await sendFile('picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
    await suite.card(chat, /picture\.csv/);
    await suite.card(chat, /(can’t read this kind of file|could not summarise)[^]*picture\.csv/);
  });

  it('is saved to OneDrive when the person accepts, and can be downloaded when they do not', async () => {
    const { channel, files } = suite.world();
    const view = suite.view(readyAtOnce);
    await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /✓ {2}Ready/, view);
    const ask = async (verb: string): Promise<KeptActivity> => {
      const before = channel.messages(chat.id).map(({ id }) => id);
      const said = await suite.press(chat, ada, { verb, exportId: exportIdOf(card) }, card.id);
      assert.match(said.words, /Teams asks you below/);
      return channel.nextActivity((one) => isConsentCard(latest(one)) && !before.includes(one.id));
    };
    const question = await ask('saveOriginal');
    assert.equal((await channel.answerConsent(chat, ada, question, 'decline')).status, 200);
    await suite.card(chat, /Not saved[^]*Nothing was stored/);
    const again = await ask('saveOriginal');
    const session = files.openSession({ name: 'OKRs.csv' });
    assert.equal((await channel.answerConsent(chat, benno, again, session)).status, 200);
    await suite.text(personalChat(ada), /no longer open/);
    assert.equal((await channel.answerConsent(chat, ada, again, session)).status, 200);
    await channel.nextActivity((one) => /Saved to your OneDrive/.test(latest(one).summary ?? ''));
    const [saved] = files.uploaded();
    const job = await suite.jobOf(view);
    assert.deepEqual(saved?.bytes, contentFor(job));
    await channel.until(() =>
      channel.messages(chat.id).some(({ id }) => id === again.id) ? undefined : true,
    );
  });

  it('is for the requester’s eyes in a group, until they share it there', async () => {
    const { channel } = suite.world();
    const group = groupChat([ada, benno]);
    const view = suite.view(readyAtOnce);
    await suite.say(group, ada, view.url);
    const card = await suite.card(group, /✓ {2}Ready/, view);
    const exportId = exportIdOf(card);
    let own = await suite.press(group, ada, { verb: 'view', exportId }, card.id);
    while (!/average progress/.test(own.words)) {
      await pause(100);
      own = await suite.press(group, ada, { verb: 'view', exportId }, card.id);
    }
    assert.match(own.words, /Only you see these details/);
    assertPublicOnly(channel.messages(group.id), [(await suite.jobOf(view)).id]);
    assert.doesNotMatch(JSON.stringify(channel.messages(group.id)), /average progress/);
    const stranger = await suite.press(group, benno, { verb: 'shareNow', exportId }, card.id);
    assert.match(stranger.words, /Not an export of yours/);
    const asked = await suite.press(group, ada, { verb: 'share', exportId }, card.id);
    assert.match(asked.words, /\d+ other people will see the summary of \d+ rows/);
    for (const _again of [1, 2]) await suite.press(group, ada, { verb: 'shareNow', exportId }, card.id);
    const shared = await suite.card(group, /average progress[^]*Shared by/, view);
    const posts = channel.messages(group.id).filter((one) => /Shared by/.test(wordsOf(cardOf(latest(one)))));
    assert.deepEqual(
      posts.map(({ id }) => id),
      [shared.id],
    );
    assert.deepEqual(titlesOf(cardOf(latest(shared))), []);
  });

  it('is forgotten when the person says so, after they were told what goes', async () => {
    await suite.say(chat, ada, 'delete my data');
    const question = await suite.card(chat, /Delete your data\?[^]*exports[^]*Your sign-in/);
    const done = await suite.press(chat, ada, { verb: 'deleteMyData' }, question.id);
    assert.match(done.words, /Deleted[^]*I no longer have this about you/);
    const list = await suite.press(chat, ada, { verb: 'myData' });
    assert.match(list.words, /I keep nothing about you/);
  });
});
