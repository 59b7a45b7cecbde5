/** Asserts what a group or channel may never be shown, on every version of everything that was posted there. */
import assert from 'node:assert/strict';
import type { KeptActivity } from '../teams/connector-api.ts';

const detail =
  /\b\d+ ?[KM]B\b|\/d\/|until |Available|expire|Request id|Reference|Next look|Graph says|so far|Only you|j!|adminconsent/i;

/** @param secrets ids that only the requester may learn: Graph's job id, its request id */
export function assertPublicOnly(shown: readonly KeptActivity[], secrets: readonly string[]): void {
  assert.ok(shown.length > 0, 'something was posted');
  for (const { id, versions } of shown)
    versions.forEach((version, nth) => {
      const text = JSON.stringify(version);
      const where = `version ${nth} of activity ${id}: ${text}`;
      assert.doesNotMatch(text, detail, where);
      for (const secret of secrets) assert.ok(!text.includes(secret), where);
    });
}
