// Somebody writes from an organisation that is allowed by its id, but that Entra ID does not know.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { createSuite, readyAtOnce } from '../../support/app/app-suite.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

describe('an organisation that Entra ID does not know', () => {
  const [ada] = sandboxPeople;
  const nobody = {
    ...ada,
    oid: randomUUID(),
    tid: randomUUID(),
    userPrincipalName: 'nobody@nowhere.example',
  };
  let world: AppWorld;
  const suite = createSuite(() => world);
  before(async () => {
    world = await startAppWorld({ variables: { ALLOWED_TENANTS: `${ada.tid},${nobody.tid}` } });
  });
  after(() => world.stop());

  const asked = () => world.entra.calls.filter(({ about }) => about['tenant'] === nobody.tid);

  it('is told to the operator soon after the start, before anybody writes', async () => {
    while (!world.logged().includes('Entra ID knows no such tenant')) await pause(20);
    const met = world.entra.calls.filter(({ op }) => op === 'metadata').map(({ about }) => about['tenant']);
    assert.deepEqual(new Set(met), new Set([ada.tid, nobody.tid]));
  });

  it('E7 gets one short answer; nothing is stored, nobody is asked to sign in, and the others are served', async () => {
    const chat = personalChat(nobody);
    const view = suite.view(readyAtOnce);
    await suite.say(chat, nobody, view.url);
    await suite.text(chat, /This bot is not set up for your organisation/);
    await suite.signIn(ada);
    assert.equal(world.channel.messages(chat.id).length, 1);
    assert.equal(asked().length, 1);
    assert.ok(world.graph.jobs().every(({ explorerViewId }) => explorerViewId !== view.explorerViewId));
    assert.match(world.logged(), /Entra ID knows no such tenant/);
  });
});
