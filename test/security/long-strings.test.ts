// Row 6 and beyond: no string that a stranger sends holds up the process; what it takes grows with its length, not with the square.
import assert from 'node:assert/strict';
import { seriesOfFileName } from '../../src/domain/okrs/file/file-name.ts';
import { readNumberFormat } from '../../src/adapters/okr-files/xlsx/number-formats.ts';
import { readMessage } from '../../src/bot/receive/read-message.ts';
import { waysToSchedule } from '../../src/bot/receive/schedules/read-timing.ts';
import { explorerUrl, readExplorerUrl } from '../../src/sources/goals/explorer-url.ts';
import { en } from '../../src/words/en/en.ts';
import { messageIn } from '../support/bot/activities.ts';
import { readGoalsLinks } from '../support/samples/goals-links.ts';
import { rawRequest } from '../web/raw-request.ts';
import { startSite } from '../web/run-web-server.ts';

const place = { serviceUrl: 'https://connector.example', botId: 'bot', tenantId: 'tenant' };
const calendar = { today: '2026-11-30', monthFirst: false };
const link = 'https://goals.microsoft.com/';
const view = {
  organizationId: '94a356ab-53d5-40e7-8a85-053d6d3b9eb3',
  viewId: 'e5e7a3c1-8cdf-409d-9ce9-ff730d65d95e',
};

/** A guard, not a measurement: what grew with the square of the length took from five seconds to a minute. */
async function isQuick(work: () => unknown): Promise<void> {
  const begun = process.cpuUsage();
  await work();
  const { user } = process.cpuUsage(begun);
  assert.ok(user < 2_000_000, `${String(user / 1000)} ms`);
}

describe('long strings of strangers', () => {
  for (const piece of [
    '%20',
    '%c2%a0',
    '%e2%80%8b',
    '\u00AD',
    '/',
    '?',
    '&',
    '@',
    '.',
    '!',
    '"',
    ' a',
    '\u200Bhttps:/',
  ])
    it(`a message with 200 KB of ${JSON.stringify(piece)} behind a link, without and with something after it`, async () => {
      const much = piece.repeat(200_000 / piece.length);
      for (const text of [`${link}${much}x`, `${link}${much} x`, `${much}x`])
        await isQuick(() => readMessage(messageIn(place, text), readGoalsLinks));
    });

  for (const piece of ['!', '.', '-', ',', ' -', '"', '" ', ' at', ' 9', ' mon', ' \u2013', '\u2019'])
    it(`a wish to schedule with 100 KB of ${JSON.stringify(piece)}`, async () => {
      const much = piece.repeat(100_000 / piece.length);
      for (const written of [`a${much}x mondays`, `"a"${much}x`, `a mondays ${much}x`])
        await isQuick(() => waysToSchedule(en, written, calendar));
    });

  it('a content type of 15,000 blanks', async () => {
    const site = await startSite({});
    const type = `Content-Type: application/json${' '.repeat(15_000)}x`;
    const request = `POST /api/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${type}\r\nContent-Length: 2\r\n\r\n{}`;
    try {
      await isQuick(async () => {
        for (let nth = 0; nth < 6; nth += 1) assert.equal((await rawRequest(site.port, request)).status, 415);
      });
    } finally {
      await site.server.stop(0);
    }
  });

  it('a file name, and a number format of a workbook, of 100 KB', async () => {
    for (const piece of [' ', '_-', '(1', '.', '[', '"', '9', '\\'])
      await isQuick(() => [
        seriesOfFileName(`a${piece.repeat(100_000 / piece.length)}x`, []),
        readNumberFormat(piece.repeat(100_000 / piece.length)),
      ]);
  });

  it('addresses of 50 KB are judged in less than 5 ms each, the quickest of twenty times', () => {
    const good = explorerUrl(view);
    for (const start of ['', good, link, `${link}org_uuid/`])
      for (const piece of [
        'a',
        '%',
        '/',
        '%20',
        '?viewId=',
        '&viewId=',
        'https://',
        '@',
        '\u0000',
        '\ud800',
      ]) {
        const address = start + piece.repeat(50_000 / piece.length);
        const times = Array.from({ length: 20 }, () => {
          const begun = performance.now();
          assert.notEqual(readExplorerUrl(address).kind, 'view');
          return performance.now() - begun;
        });
        assert.ok(Math.min(...times) < 5, `${start}${piece}…: ${String(Math.min(...times))} ms`);
      }
  });
});
