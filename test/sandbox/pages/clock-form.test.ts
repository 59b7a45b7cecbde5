// What the start page says of the sandbox's clock, and the leaps that it offers.
import assert from 'node:assert/strict';
import { clockForm, clockRoute } from '../../../src/sandbox/pages/clock-form.ts';

/** A Monday. */
const monday = new Date(2026, 10, 30, 15, 20);

const pressed = async (leap: string, at = monday) => {
  const set: Date[] = [];
  const { answer } = clockRoute({
    now: () => (set.at(-1) ?? at).getTime(),
    setForward: (to) => Promise.resolve(void set.push(to)),
    chatUrl: 'http://chat.example',
  });
  const form = new FormData();
  form.set('leap', leap);
  const request = new Request('http://localhost/clock', { method: 'POST', body: form });
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  const body = Buffer.from(await request.arrayBuffer());
  return { set, page: await answer({ query: new URLSearchParams(), headers, body }) };
};

describe('the form of the sandbox’s clock', () => {
  it('says the time of the sandbox', () => {
    assert.match(clockForm(monday.getTime()).markup, /It is <b>Monday,? 30 November 2026 at 15:20<\/b>/);
  });

  for (const [leap, at, to] of [
    ['hour', monday, new Date(2026, 10, 30, 16, 20)],
    ['tomorrow', monday, new Date(2026, 11, 1, 9)],
    ['monday', monday, new Date(2026, 11, 7, 9)],
    ['monday', new Date(2026, 11, 6, 23, 59), new Date(2026, 11, 7, 9)],
    ['tomorrow', new Date(2026, 11, 31, 8), new Date(2027, 0, 1, 9)],
  ] as const)
    it(`leaps from ${at.toDateString()} to ${to.toDateString()} by “${leap}”, and says so`, async () => {
      const { set, page } = await pressed(leap, at);
      assert.deepEqual(set, [to]);
      assert.equal(page.title, 'The clock was set forward');
      assert.ok(
        page.body.markup.includes(`${to.getDate()} `) && page.body.markup.includes('look at the chat'),
      );
    });

  for (const odd of ['', 'never', 'toString'])
    it(`leaves the clock alone for “${odd}”`, async () => {
      const { set, page } = await pressed(odd);
      assert.deepEqual([set, page.status], [[], 400]);
    });
});
