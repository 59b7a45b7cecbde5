/** Counts sends against Teams' limits as Teams would: any window of a conversation, any second of a tenant. */
import assert from 'node:assert/strict';

const perConversation = [
  { most: 7, span: 1_000 },
  { most: 8, span: 2_000 },
  { most: 60, span: 30_000 },
  { most: 1_800, span: 3_600_000 },
];
const perTenant = { most: 40, span: 1_000 };

/**
 * Milliseconds, all of one tenant.
 * @param tolerance by so much each span is shorter, for times of arrival: of two messages the first may have been longer
 * on its way
 */
export function assertWithinLimits(
  sent: readonly { readonly at: number; readonly conversation: string }[],
  tolerance = 0,
): void {
  const byConversation = new Map<string, number[]>();
  for (const { at, conversation } of sent)
    byConversation.set(conversation, [...(byConversation.get(conversation) ?? []), at]);
  for (const [conversation, times] of byConversation)
    for (const { most, span } of perConversation)
      assertWindow(times, { most, span: span - tolerance }, conversation);
  assertWindow(
    sent.map(({ at }) => at),
    { ...perTenant, span: perTenant.span - tolerance },
    'the tenant',
  );
}

function assertWindow(
  times: readonly number[],
  { most, span }: { readonly most: number; readonly span: number },
  whose: string,
): void {
  const sorted = times.toSorted((a, b) => a - b);
  sorted.forEach((first, nth) => {
    const oneTooMany = sorted[nth + most];
    const fits = oneTooMany === undefined || oneTooMany - first >= span;
    assert.ok(fits, `${whose}: more than ${most} messages within ${span} ms`);
  });
}
