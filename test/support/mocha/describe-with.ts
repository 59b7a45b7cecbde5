/** Describes a suite that needs a program of the machine: skipped with the reason where it is absent, failed under `CI=true`. */
import assert from 'node:assert/strict';

/** `undefined` when the program is there, else what is missing and how to get it. */
export type Missing = string | undefined;

export function describeWith(missing: Missing, title: string, fn: () => void): void {
  if (missing === undefined) {
    describe(title, fn);
  } else if (process.env.CI === 'true') {
    describe(title, () => {
      it('finds what it needs', () => assert.fail(missing));
    });
  } else {
    describe.skip(`${title} (${missing})`, fn);
  }
}
