/** Shows buttons that open a dialog of Teams as buttons that the bot answers with a card: the chat client leaves such a press unsent. */
import * as z from 'zod';

const opensDialog = z.looseObject({
  type: z.literal('Action.Submit'),
  data: z.looseObject({ verb: z.string().optional(), msteams: z.object({ type: z.literal('task/fetch') }) }),
});

/** @param shown an activity, or the answer to an invoke; comes back with every button changed, however deep it lies */
export function withoutDialogs(shown: unknown): unknown {
  if (Array.isArray(shown)) return shown.map(withoutDialogs);
  if (typeof shown !== 'object' || shown === null) return shown;
  const button = opensDialog.safeParse(shown).data;
  if (button === undefined)
    return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, withoutDialogs(value)]));
  const { msteams: _dialog, ...data } = button.data;
  return { ...button, type: 'Action.Execute', verb: data.verb, data };
}
