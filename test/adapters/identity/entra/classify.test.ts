/** Every refusal of Entra ID has one meaning, and unknown numbers do not change it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  classify,
  type EntraFailure,
  type Verdict,
} from '../../../../src/adapters/identity/entra/classify.ts';
import type { TokenTrouble } from '../../../../src/ports/user-tokens.ts';

type OAuth = Extract<EntraFailure, { kind: 'oauth' }>;

const refusal = (error: string, rest: Partial<OAuth> = {}): OAuth => ({
  kind: 'oauth',
  error,
  codes: [],
  ...rest,
});
const trouble = (found: TokenTrouble, purge = false): Verdict => ({ kind: 'trouble', trouble: found, purge });
const asks = (cause: 'signIn' | 'consent' | 'adminConsent'): Verdict =>
  trouble({ kind: 'signInRequired', cause });

const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';

const table: readonly (readonly [name: string, failure: EntraFailure, verdict: Verdict])[] = [
  [
    'E1 consent as Entra says it',
    refusal('invalid_grant', { suberror: 'consent_required' }),
    asks('adminConsent'),
  ],
  ['E1 consent as OAuth says it', refusal('consent_required'), asks('adminConsent')],
  ['E1 consent by number only', refusal('invalid_grant', { codes: [65001] }), asks('adminConsent')],
  ['E1 admin consent', refusal('invalid_grant', { codes: [90094] }), asks('adminConsent')],
  ['E1 the person declined', refusal('access_denied', { codes: [65004] }), asks('consent')],
  [
    'E2 claims challenge',
    refusal('interaction_required', { claims, codes: [50076], suberror: 'basic_action' }),
    trouble({ kind: 'signInRequired', cause: 'claims', claims }),
  ],
  [
    'E2 claims with invalid_grant',
    refusal('invalid_grant', { claims }),
    trouble({ kind: 'signInRequired', cause: 'claims', claims }),
  ],
  ['E2 without claims', refusal('interaction_required', { codes: [53003] }), asks('signIn')],
  ['E2 login required', refusal('login_required'), asks('signIn')],
  ['E2 as invalid_grant', refusal('invalid_grant', { suberror: 'additional_action' }), asks('signIn')],
  ['E2 as invalid_grant by number', refusal('invalid_grant', { codes: [50079] }), asks('signIn')],
  ['E3 assertion', refusal('invalid_grant', { codes: [500133] }), { kind: 'grantRefused' }],
  [
    'E4 refresh token',
    refusal('invalid_grant', { codes: [700082], correlationId: 'c-1' }),
    { kind: 'grantRefused', correlationId: 'c-1' },
  ],
  ['E4 bad token', refusal('invalid_grant', { suberror: 'bad_token' }), { kind: 'grantRefused' }],
  [
    'E5 secret',
    refusal('invalid_client', { codes: [7000215], correlationId: 'c-2' }),
    trouble({ kind: 'operatorFault', correlationId: 'c-2' }),
  ],
  ['E5 app', refusal('unauthorized_client', { codes: [700016] }), trouble({ kind: 'operatorFault' })],
  ['E5 scope', refusal('invalid_scope'), trouble({ kind: 'operatorFault' })],
  ['E6 disabled', refusal('invalid_grant', { codes: [50057] }), trouble({ kind: 'userGone' }, true)],
  ['E6 gone', refusal('invalid_grant', { codes: [50034] }), trouble({ kind: 'userGone' }, true)],
  ['E7 tenant unknown', refusal('invalid_request', { codes: [90002] }), { kind: 'requestRefused' }],
  ['E8 says so itself', refusal('temporarily_unavailable'), trouble({ kind: 'unavailable' })],
  ['E8 outage', { kind: 'unreachable' }, trouble({ kind: 'unavailable' })],
  ['E8 busy', { kind: 'unreachable', retryAfter: 7 }, trouble({ kind: 'unavailable', retryAfter: 7 })],
  ['E9 unknown number', refusal('invalid_grant', { codes: [4711] }), { kind: 'grantRefused' }],
  [
    'E9 unknown word',
    refusal('something_new', { correlationId: 'c-3' }),
    trouble({ kind: 'operatorFault', correlationId: 'c-3' }),
  ],
  [
    'E9 unknown word with claims',
    refusal('something_new', { claims }),
    trouble({ kind: 'signInRequired', cause: 'claims', claims }),
  ],
  ['nothing to renew', { kind: 'nothingToRenew' }, asks('signIn')],
];

describe('classify', () => {
  for (const [name, failure, verdict] of table) {
    it(name, () => assert.deepEqual(classify(failure), verdict));
  }

  it('asks the person, not an administrator, for what people may allow, unless their organisation wants one', () => {
    const missing = refusal('invalid_grant', { codes: [65001], suberror: 'consent_required' });
    assert.deepEqual(classify(missing, true), asks('consent'));
    assert.deepEqual(classify(missing, false), asks('adminConsent'));
    const refused = refusal('invalid_grant', { codes: [90094], suberror: 'consent_required' });
    assert.deepEqual(classify(refused, true), asks('adminConsent'));
  });

  it('purges only when the person is gone', () => {
    const purging = table.filter(([, , verdict]) => verdict.kind === 'trouble' && verdict.purge);
    assert.deepEqual(
      purging.map(([name]) => name),
      ['E6 disabled', 'E6 gone'],
    );
  });

  it('E9: numbers that nobody knows change no verdict', () => {
    const known = new Set(table.flatMap(([, failure]) => (failure.kind === 'oauth' ? failure.codes : [])));
    const hints = new Set([...known, 50078, 50158, 53000, 53001, 53002, 53004, 65004, 90094, 50034]);
    const unknown = fc.integer({ min: 1, max: 9_999_999 }).filter((code) => !hints.has(code));
    const words = fc.constantFrom(
      ...table.flatMap(([, failure]) => (failure.kind === 'oauth' ? [failure] : [])),
    );
    fc.assert(
      fc.property(words, fc.array(unknown), (failure, more) => {
        assert.deepEqual(classify({ ...failure, codes: [...failure.codes, ...more] }), classify(failure));
      }),
    );
  });
});
