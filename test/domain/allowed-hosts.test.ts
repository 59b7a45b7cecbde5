/** Which URLs an operator's list of hosts covers. */
import assert from 'node:assert/strict';
import { isOnAllowedHost } from '../../src/domain/allowed-hosts.ts';

const entries = [
  'files.example.org',
  '*.blob.example.net',
  'files.example.com:8443',
  '127.0.0.1:5000',
  ' LOCALHOST:5001 ',
];

const rows: readonly (readonly [url: string, allowed: boolean])[] = [
  ['https://files.example.org/a', true],
  ['https://FILES.example.org:443/', true],
  ['https://files.example.org:8443/', false],
  ['https://files.example.com:8443/', true],
  ['https://files.example.com/', false],
  ['https://a.files.example.org/', false],
  ['https://a.b.blob.example.net/', true],
  ['https://blob.example.net/', false],
  ['https://evilblob.example.net/', false],
  ['https://blob.example.net.example.org/', false],
  ['https://files.example.org./', false],
  ['https://user@files.example.org/', false],
  ['https://:pw@files.example.org/', false],
  ['http://files.example.org/', false],
  ['http://127.0.0.1:5000/', true],
  ['http://127.0.0.1:5001/', false],
  ['http://localhost:5001/', true],
  ['http://2130706433:5000/', true],
  ['ftp://files.example.org/', false],
];

describe('isOnAllowedHost', () => {
  for (const [url, allowed] of rows)
    it(`${allowed ? 'takes' : 'refuses'} ${url}`, () => {
      assert.equal(isOnAllowedHost(new URL(url), entries), allowed);
    });

  it('takes http for a named host on loopback only', () => {
    const named = ['files.example.org', '10.0.0.1:80', '*.example.net'];
    for (const url of ['http://files.example.org/', 'http://10.0.0.1/', 'http://a.example.net/'])
      assert.equal(isOnAllowedHost(new URL(url), named), false);
  });
});
