// A storm of refused requests, through the bot's real endpoint.
import assert from 'node:assert/strict';
import { createRefusalAlert } from '../../src/bot/endpoint.ts';
import { startBotFloor } from '../support/bot/bot-floor.ts';
import { startLoopbackChannel } from '../support/bot/loopback-channel.ts';
import { collectingLog } from '../support/surroundings/quiet.ts';

describe('bot/endpoint', () => {
  it('T9 tells the operator once that many requests are refused, each of them with 401', async () => {
    const channel = await startLoopbackChannel();
    const floor = await startBotFloor(channel);
    try {
      const stranger = { type: 'message', channelId: 'msteams', serviceUrl: channel.serviceUrl };
      for (let request = 0; request < 45; request += 1)
        assert.equal((await floor.post(stranger, 'Bearer of.some.stranger')).status, 401);
      const errors = floor.lines.filter(({ level }) => level === 'error');
      assert.deepEqual(
        errors.map(({ message }) => /many requests to the bot are refused/.test(message)),
        [true],
      );
    } finally {
      await floor.stop();
      await channel.stop();
    }
  });

  it('says nothing about a few in each minute, and tells it again after ten minutes', () => {
    const log = collectingLog();
    let now = Date.parse('2026-03-02T10:00:00Z');
    const refused = createRefusalAlert({ clock: { now: () => new Date(now) }, log });
    const minuteWith = (requests: number): void => {
      for (let request = 0; request < requests; request += 1) refused();
      now += 60_000;
    };
    for (let minute = 0; minute < 5; minute += 1) minuteWith(19);
    assert.equal(log.lines.length, 0);
    for (let minute = 0; minute < 10; minute += 1) minuteWith(100);
    assert.equal(log.lines.length, 1);
    minuteWith(100);
    assert.equal(log.lines.length, 2);
  });
});
