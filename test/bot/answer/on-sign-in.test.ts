import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { activityIn } from '../../support/bot/activities.ts';
import { useBotFloor } from '../../support/bot/bot-suite.ts';

describe('bot/on-sign-in', () => {
  const { channel, floor, start } = useBotFloor();

  const invoke = (name: string, value: unknown) =>
    activityIn(
      { serviceUrl: channel().serviceUrl, botId: floor().botId, tenantId: floor().tenantId },
      { type: 'invoke', name, value },
    );
  const lastAsked = () =>
    floor()
      .asked.filter(({ useCase }) => useCase !== 'remember')
      .at(-1);
  const exchange = (given: object = {}) => ({
    id: 'exchange-1',
    connectionName: 'goals-graph',
    token: 'sso-token',
    ...given,
  });

  it('answers 200 to a silent exchange that signed in, as the sender', async () => {
    const activity = invoke('signin/tokenExchange', exchange());
    const { status, body } = await floor().deliver(activity);
    assert.deepEqual([status, body], [200, { id: 'exchange-1', connectionName: 'goals-graph' }]);
    const { exchangeId, ssoToken, requester } = lastAsked()?.given ?? {};
    assert.deepEqual([exchangeId, ssoToken], ['exchange-1', 'sso-token']);
    assert.equal((requester as { userId: string }).userId, activity.from.aadObjectId);
  });

  const failed = (id = 'exchange-1') => ({
    id,
    connectionName: 'goals-graph',
    failureDetail: 'A sign-in with the button is needed.',
  });
  for (const [outcome, detail] of [
    ['interactionNeeded', /with the button is needed/],
    ['refused', /not one of the person/],
    ['unavailable', /does not answer/],
  ] as const) {
    it(`answers 412 when the exchange ends in ${outcome}, so that the button appears`, async () => {
      await start({ exchangeSso: () => Promise.resolve(outcome) });
      const { status, body } = await floor().deliver(invoke('signin/tokenExchange', exchange()));
      const { failureDetail, ...rest } = body as { failureDetail: string };
      assert.deepEqual([status, rest], [412, { id: 'exchange-1', connectionName: 'goals-graph' }]);
      assert.match(failureDetail, detail);
    });
  }

  it('answers 412 when the exchange takes long, and lets it end', async () => {
    let end: (() => void) | undefined;
    const exchangeSso = () =>
      new Promise<'signedIn'>((resolve) => {
        end = () => {
          resolve('signedIn');
        };
      });
    await start({ exchangeSso, patienceMilliseconds: 5 });
    const answering = floor().deliver(invoke('signin/tokenExchange', exchange()));
    await floor().answered();
    end?.();
    assert.equal((await answering).status, 412);
    assert.deepEqual(floor().background.failures, []);
  });

  it('E2 answers 412 when something of ours breaks', async () => {
    await start({ exchangeSso: () => Promise.reject(new Error('database is away')) });
    const { status, body } = await floor().deliver(invoke('signin/tokenExchange', exchange()));
    assert.deepEqual([status, body], [412, failed()]);
    assert.ok(!JSON.stringify(floor().lines).includes('sso-token'));
  });

  const malformed = [
    undefined,
    null,
    7,
    'text',
    [],
    {},
    exchange({ token: undefined }),
    exchange({ token: 7 }),
    exchange({ connectionName: 'other' }),
    exchange({ id: undefined }),
    exchange({ id: 'x'.repeat(300) }),
  ];
  it('answers 412 to a malformed exchange and asks nobody', async () => {
    for (const value of malformed)
      assert.equal((await floor().deliver(invoke('signin/tokenExchange', value))).status, 412);
    assert.equal(lastAsked(), undefined);
  });

  it('answers 200 to a state that is good, and 404 to any other', async () => {
    const good = await floor().deliver(invoke('signin/verifyState', { state: 'nonce' }));
    assert.deepEqual([good.status, good.text], [200, '']);
    assert.equal(lastAsked()?.given.nonce, 'nonce');
    await start({ verifyState: () => Promise.resolve(false) });
    for (const value of [{ state: 'used' }, { state: 7 }, { state: '' }, {}, undefined])
      assert.equal((await floor().deliver(invoke('signin/verifyState', value))).status, 404);
  });

  it('answers 200 to a failure, and passes its code on', async () => {
    const code = 'resourcematchfailed';
    const { status } = await floor().deliver(invoke('signin/failure', { code, message: 'no match' }));
    assert.equal(status, 200);
    assert.equal(lastAsked()?.given.code, code);
    await floor().deliver(invoke('signin/failure', randomUUID()));
    assert.equal(lastAsked()?.given.code, 'unknown');
  });

  it('answers 501 to an invoke it does not know', async () => {
    assert.equal((await floor().deliver(invoke('composeExtension/query', {}))).status, 501);
  });
});
