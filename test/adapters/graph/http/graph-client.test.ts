/** Graph's clock against ours. */
import assert from 'node:assert/strict';
import { now, startGraphRig, view, type GraphRig } from '../graph-rig.ts';

describe('the clock', () => {
  let rig: GraphRig;
  beforeEach(async () => {
    rig = await startGraphRig();
  });
  afterEach(() => rig.stop());

  const alarms = () => rig.logged.filter(({ level, message }) => level === 'error' && /clock/.test(message));
  const dated = (secondsAhead: number, more: Readonly<Record<string, string>> = {}): void =>
    rig.answerWith({
      status: 503,
      headers: { date: new Date(now.getTime() + secondsAhead * 1000).toUTCString(), ...more },
    });

  for (const seconds of [600, -600, 62, -62])
    it(`T9 tells the operator once when Graph’s is ${seconds} s ahead of ours`, async () => {
      const measured: number[] = [];
      const goals = rig.create({
        watch: {
          callHeldBack: () => undefined,
          breakerMoved: () => undefined,
          clockSkewed: (skew) => void measured.push(skew),
        },
      });
      dated(seconds);
      for (let call = 0; call < 3; call += 1) await goals.list('sample-token', view.organizationId);
      assert.equal(alarms().length, 1);
      assert.equal(measured.length, 3);
      assert.ok(
        measured.every((skew) => Math.abs(skew - seconds) <= 1),
        String(measured),
      );
    });

  for (const seconds of [0, 30, -30, 59])
    it(`T9 says nothing about ${seconds} s`, async () => {
      dated(seconds);
      await rig.create().list('sample-token', view.organizationId);
      assert.deepEqual(alarms(), []);
    });

  it('T9 goes by no date that somebody on the way has kept, and by none that is junk', async () => {
    dated(600, { age: '600' });
    await rig.create().list('sample-token', view.organizationId);
    rig.answerWith({ status: 503, headers: { date: 'yesterday' } });
    await rig.create().list('sample-token', view.organizationId);
    assert.deepEqual(alarms(), []);
  });

  it('T9 tells it again when the clock has jumped back since', async () => {
    let at = now;
    const goals = rig.create({ clock: { now: () => at } });
    dated(600);
    await goals.list('sample-token', view.organizationId);
    at = new Date(now.getTime() - 3_600_000);
    await goals.list('sample-token', view.organizationId);
    assert.equal(alarms().length, 2);
  });
});
