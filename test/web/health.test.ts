import assert from 'node:assert/strict';
import { useSite } from './run-web-server.ts';

describe('health', () => {
  let ping: () => Promise<unknown> = async () => await Promise.resolve();
  const site = useSite({ pingDatabase: async () => await ping() });
  const ask = async (path: string): Promise<readonly [number, string]> => {
    const response = await fetch(site().url + path);
    return [response.status, await response.text()];
  };

  it('lives whatever the database does', async () => {
    ping = async () => await Promise.reject(new Error('down'));
    assert.deepEqual(await ask('/healthz'), [200, 'alive\n']);
  });

  it('is ready while the database answers', async () => {
    ping = async () => await Promise.resolve();
    assert.deepEqual(await ask('/readyz'), [200, 'ready\n']);
  });

  it('is not ready when the database fails, and says nothing of why', async () => {
    ping = async () => await Promise.reject(new Error('password authentication failed'));
    assert.deepEqual(await ask('/readyz'), [503, 'the database does not answer, or takes no writes\n']);
    ping = () => {
      throw new Error('closed');
    };
    assert.deepEqual(await ask('/readyz'), [503, 'the database does not answer, or takes no writes\n']);
  });

  it('is not ready when the database is silent', async () => {
    ping = async () => await new Promise(() => undefined);
    assert.deepEqual(await ask('/readyz'), [503, 'the database does not answer, or takes no writes\n']);
  });
});
