// The form that lets another person of the sandbox speak in groups and channels.
import assert from 'node:assert/strict';
import { speakers, teamOwner } from '../../../src/sandbox/chat/people.ts';
import { createSpeaker } from '../../../src/sandbox/chat/speaker.ts';
import { speakerRoute } from '../../../src/sandbox/pages/speaker-form.ts';

const chosen = async (person: string) => {
  const speaker = createSpeaker(speakers);
  const route = speakerRoute({ speaker, people: speakers, teamOwner, chatUrl: 'http://chat.example' });
  const form = new FormData();
  form.set('person', person);
  const request = new Request('http://localhost/speaker', { method: 'POST', body: form });
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  const body = Buffer.from(await request.arrayBuffer());
  const page = await route.answer({ query: new URLSearchParams(), headers, body });
  return { page, panel: route.panel?.().markup ?? '' };
};

describe('the form of who speaks', () => {
  it('offers each of them, and says who it is and who owns the team', async () => {
    const { page, panel } = await chosen(teamOwner.oid);
    assert.equal(page.title, `You are ${teamOwner.name}`);
    assert.match(panel, new RegExp(`you write and press as <b>${teamOwner.name}</b>`));
    for (const { name } of speakers) assert.ok(panel.includes(name));
    assert.match(panel, new RegExp(`${teamOwner.name}, an owner of the team`));
  });

  for (const odd of ['', 'somebody'])
    it(`changes nothing for “${odd}”`, async () => {
      const { page, panel } = await chosen(odd);
      assert.equal(page.status, 400);
      assert.match(panel, new RegExp(`as <b>${speakers[0].name}</b>`));
    });
});
