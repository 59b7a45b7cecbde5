import assert from 'node:assert/strict';
import { meetTenants } from '../../../src/app/served-tenants.ts';

const tenants = new Set(['one', 'two', 'three']);

describe('the tenants that are served', () => {
  it('are asked for one after the other', async () => {
    const seen: string[] = [];
    let underWay = 0;
    const knowsTenant = async (tenantId: string): Promise<boolean> => {
      underWay += 1;
      assert.equal(underWay, 1);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      seen.push(tenantId);
      return false;
    };
    await meetTenants({ knowsTenant }, tenants, new AbortController().signal);
    assert.deepEqual(seen, [...tenants]);
  });

  it('are asked for no more once the process ends', async () => {
    const seen: string[] = [];
    const ending = new AbortController();
    const knowsTenant = (tenantId: string): Promise<boolean> => {
      seen.push(tenantId);
      if (tenantId === 'two') ending.abort();
      return Promise.resolve(true);
    };
    await meetTenants({ knowsTenant }, tenants, ending.signal);
    assert.deepEqual(seen, ['one', 'two']);
  });
});
