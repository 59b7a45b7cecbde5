/** Files that people send: kept as a wish at once, fetched while their link lives, read, compared, handed over. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { createLife } from '../support/rig/mortal-ports.ts';
import { tableOf } from '../support/rig/ended-exports.ts';
import { somebody } from '../support/samples/sample-exports.ts';
import { describeUseCase, signedInScene, type Scene } from '../support/rig/use-case-suite.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';

const usual = tableOf('1,Grow,Objective,40,On Track');

async function send(rig: Rig, scene: Scene, content: string | Uint8Array<ArrayBuffer>, name = 'view.csv') {
  const downloadUrl = `https://drive.example/${randomUUID()}`;
  rig.drive.files.set(downloadUrl, content);
  const given = { ...scene, activityId: randomUUID(), files: [{ name, downloadUrl }] };
  const outcome = await rig.receiveOwnFile(given);
  return { outcome, given, fileId: outcome.kind === 'received' ? (outcome.fileIds[0] ?? '') : '' };
}

const stateOf = async (rig: Rig, fileId: string) => (await rig.stores.ownFiles.load(fileId))?.state;

/** What stands in the person's chat: one card for each file. */
const cardsIn = (rig: Rig, { conversation }: Scene) =>
  rig.teams.standing(conversation).filter((message) => message.kind === 'ownFile');

const offered = (rig: Rig, { requester }: Scene, id: string) =>
  rig.downloadExport.offer({ requester, subject: { kind: 'ownFile', id } });

describeUseCase('a file that somebody sends', (rigged) => {
  it('gets a card at once, which then tells what it says', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { fileId } = await send(rig, scene, usual);
    await rig.settle();
    assert.deepEqual(
      cardsIn(rig, scene).map(({ file }) => file.state),
      [{ status: 'received' }],
    );
    await rig.workOnFiles();
    const [card, ...others] = cardsIn(rig, scene);
    assert.deepEqual(others, []);
    assert.deepEqual(card?.file.state, { status: 'read' });
    assert.equal(card.reading?.summary.rows, 1);
    assert.equal(card.file.size, usual.length);
    const file = await rig.stores.ownFiles.load(fileId);
    assert.ok(file);
    assert.equal(await rig.stores.ownFiles.attachmentOf(file), undefined, 'the link is forgotten');
  });

  it('is taken once, however often its message is delivered', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { given } = await send(rig, scene, usual);
    assert.deepEqual(await rig.receiveOwnFile(given), { kind: 'alreadyReceived' });
    await rig.workOnFiles();
    assert.equal(cardsIn(rig, scene).length, 1);
  });

  it('is compared with the last one of the same name, but for a date and number at its end', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await send(rig, scene, usual, 'VivaGoals_7_Sales_2025_11_20_1763600000.csv');
    await rig.workOnFiles();
    rig.pass(3600);
    await send(
      rig,
      scene,
      tableOf('1,Grow,Objective,40,At Risk'),
      'VivaGoals_7_Sales_2025_12_20_1766200000.csv',
    );
    rig.pass(1);
    await send(rig, scene, tableOf('1,Grow,Objective,40,At Risk'), 'VivaGoals_7_Marketing_2025_12_20.csv');
    await rig.workOnFiles();
    const changes = cardsIn(rig, scene).map(({ reading }) => reading?.changes?.counts.newlyAtRisk);
    assert.deepEqual(changes, [undefined, 1, undefined]);
    // Told as of when the file was made, as its name says; else as of when it came.
    assert.deepEqual(
      cardsIn(rig, scene).map(({ reading }) => reading?.asOf.toISOString().slice(0, 10)),
      ['2025-11-20', '2025-12-20', '2026-03-02'],
    );
    assert.equal(cardsIn(rig, scene)[0]?.reading?.summary.today, '2025-11-20');
  });

  it('with its date in its name says that nothing changed when it is sent again', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    for (const _time of [1, 2]) {
      await send(rig, scene, usual, 'VivaGoals_7_Sales_2025_11_20_1763600000.csv');
      await rig.workOnFiles();
      rig.pass(60);
    }
    const [first, second] = cardsIn(rig, scene).map(({ reading }) => reading?.changes);
    assert.equal(first, undefined);
    assert.ok(second);
    assert.deepEqual(second.items, []);
    assert.equal(second.since.toISOString(), new Date(1_763_600_000_000).toISOString());
  });

  it('is handed over in each form to its owner, for a day', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { fileId } = await send(rig, scene, usual, 'My view.csv');
    await rig.workOnFiles();
    assert.equal((await offered(rig, signedInScene(rig), fileId)).kind, 'notFound');
    const [workbook, spreadsheetCsv] = [`workbook of ${usual}`, `spreadsheet of ${usual}`];
    const made = { original: usual, workbook, spreadsheetCsv };
    for (const format of ['original', 'workbook', 'spreadsheetCsv'] as const) {
      const offer = await offered(rig, scene, fileId);
      assert.ok(offer.kind === 'link');
      const taken = await rig.downloadExport.take(new URL(offer.url).pathname.replace('/d/', ''), format);
      assert.ok(taken.kind === 'file');
      assert.equal(await text(taken.stream), made[format]);
      if (format === 'original') assert.equal(taken.fileName, 'My view.csv');
      if (format === 'workbook') assert.match(taken.fileName, /^My view_2026-03-02_0900Z.xlsx$/);
      await taken.finished(taken.length ?? 0);
    }
    const late = await offered(rig, scene, fileId);
    rig.pass(25 * 3600);
    assert.equal((await offered(rig, scene, fileId)).kind, 'notReady');
    const taken = late.kind === 'link' ? await rig.downloadExport.take(late.url.split('/d/')[1] ?? '') : late;
    assert.equal(taken.kind === 'failed' && taken.why, 'notKept');
    assert.equal((await rig.ownFile.show({ ...scene, fileId })).kind, 'own', 'what it says stays');
  });

  it('that is empty is told so at once, and its bytes go', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { fileId } = await send(rig, scene, '', 'empty.csv');
    await rig.workOnFiles();
    assert.deepEqual(await stateOf(rig, fileId), { status: 'notTaken', why: 'empty' });
    assert.equal((await offered(rig, scene, fileId)).kind, 'notReady');
  });

  for (const [what, opening, kind] of [
    ['a zip file', '504b0304', 'xlsx'],
    ['a compound file, as with a password,', 'd0cf11e0a1b11ae1', 'xlsx'],
    ['anything else', '504b0102', 'csv'],
    ['less than a mark', 'd0cf', 'csv'],
  ] as const)
    it(`that begins like ${what} is read as ${kind}, whatever its name says`, async () => {
      const rig = rigged();
      const content = new Uint8Array(Buffer.concat([Buffer.from(opening, 'hex'), Buffer.from('\nTitle\n')]));
      const { fileId } = await send(rig, signedInScene(rig), content, 'a.txt');
      await rig.workOnFiles();
      assert.equal((await rig.stores.ownFiles.load(fileId))?.kind, kind);
    });

  it('that cannot be summarised can still be had', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { fileId } = await send(rig, scene, 'Name\nOne\n');
    await rig.workOnFiles();
    assert.deepEqual(await stateOf(rig, fileId), { status: 'unread', why: 'noTitleColumn' });
    assert.equal((await offered(rig, scene, fileId)).kind, 'link');
  });

  it('that is larger than allowed is refused while it arrives', async () => {
    const rig = rigged();
    const { fileId } = await send(rig, signedInScene(rig), `Title\n${'x'.repeat(100_000)}`);
    await rig.workOnFiles();
    assert.deepEqual(await stateOf(rig, fileId), { status: 'notTaken', why: 'tooLarge' });
  });

  for (const [kind, why] of [
    ['linkTooOld', 'linkTooOld'],
    ['hostNotAllowed', 'hostNotAllowed'],
    ['redirected', 'redirected'],
    ['tooLarge', 'tooLarge'],
  ] as const)
    it(`whose fetch says ${kind} is told so`, async () => {
      const rig = rigged();
      rig.drive.script.fetch.push(() => Promise.resolve({ kind }));
      const { fileId } = await send(rig, signedInScene(rig), usual);
      await rig.workOnFiles();
      assert.deepEqual(await stateOf(rig, fileId), { status: 'notTaken', why });
    });

  it('is tried again while the drive does not answer, but not for ever', async () => {
    const rig = rigged();
    const unreachable = () => Promise.resolve({ kind: 'unreachable' } as const);
    rig.drive.script.fetch.push(unreachable, unreachable);
    const { fileId } = await send(rig, signedInScene(rig), usual);
    await rig.workOnFiles(60);
    assert.deepEqual(await stateOf(rig, fileId), { status: 'read' });
    rig.drive.script.fetch.push(...Array.from({ length: 100 }, () => unreachable));
    const other = await send(rig, signedInScene(rig), usual);
    await rig.workOnFiles(3600);
    assert.deepEqual(await stateOf(rig, other.fileId), { status: 'notTaken', why: 'unreachable' });
  });

  it('that kills the process three times is given up, and read again on wish', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { fileId } = await send(rig, scene, usual);
    const file = await rig.stores.ownFiles.load(fileId);
    assert.ok(file);
    await rig.stores.ownFiles.keepBytes(file, new Blob([usual]).stream());
    const keptUntil = new Date(rig.clock.now().getTime() + 3600_000);
    await rig.stores.ownFiles.save({
      ...file,
      kind: 'csv',
      keptUntil,
      state: { status: 'reading' },
      version: 2,
    });
    for (const victim of ['one', 'two', 'three']) {
      assert.ok(await rig.stores.fileWork.claim({ kind: 'readOwnFile', id: fileId }, victim, 15));
      await rig.expireClaims();
    }
    await rig.workOnFile({ kind: 'readOwnFile', id: fileId });
    assert.equal(rig.reported.length, 1, 'the operator is told');
    assert.deepEqual(await stateOf(rig, fileId), { status: 'unread', why: 'crashed' });
    assert.equal((await rig.ownFile.readAgain({ requester: somebody(), fileId })).kind, 'notFound');
    await rig.ownFile.readAgain({ ...scene, fileId });
    await rig.workOnFiles();
    assert.deepEqual(await stateOf(rig, fileId), { status: 'read' });
  });

  it('counts against the day’s limit', async () => {
    const rig = rigged({ limits: { dailyPerUser: 2 } });
    const scene = signedInScene(rig);
    for (const expected of ['received', 'received', 'limitReached'])
      assert.equal((await send(rig, scene, usual)).outcome.kind, expected);
  });

  for (const when of ['before', 'after'] as const)
    it(`is not lost when a process dies ${when} any of its calls`, async () => {
      for (let call = 1; ; call += 1) {
        const rig = rigged();
        const scene = signedInScene(rig);
        const life = createLife({ call, when });
        const mortal = rig.anotherProcess(life);
        const living = send(mortal, scene, usual).then(() => mortal.workOnFiles());
        await Promise.race([living, life.death]);
        if (!life.isDead()) return assert.ok(call > 10, 'it made calls');
        await rig.expireClaims();
        // Teams delivers again what was not answered.
        if (rig.queuedFileWork.size === 0 && cardsIn(rig, scene).length === 0) await send(rig, scene, usual);
        await rig.workOnFiles(120);
        const [card, ...doubled] = cardsIn(rig, scene);
        const where = `${when} call ${String(call)}`;
        assert.ok(doubled.length <= 1, `${where}: at worst a doubled first card`);
        assert.ok(
          [card, ...doubled].some((one) => one?.reading !== undefined),
          `${where}: it was read`,
        );
      }
    });
});
