// Buttons that open a dialog of Teams, as the sandbox's chat client is shown them: buttons that it sends to the bot.
import assert from 'node:assert/strict';
import { withoutDialogs } from '../../../src/sandbox/chat/without-dialogs.ts';

const data = { verb: 'scheduleIt', thing: 'export:1' };
const dialog = {
  type: 'Action.Submit',
  title: 'Schedule it',
  data: { ...data, msteams: { type: 'task/fetch' } },
};
const shown = { type: 'Action.Execute', title: 'Schedule it', verb: 'scheduleIt', data };

describe('withoutDialogs', () => {
  it('changes such a button wherever it lies, and nothing else', () => {
    const others = [
      { type: 'Action.Submit', title: 'Plain', data },
      { type: 'Action.Submit', title: 'Text', data: 'text' },
      { type: 'Action.OpenUrl', url: 'https://sandbox.example' },
      null,
    ];
    const card = (button: object) => ({
      type: 'AdaptiveCard',
      body: [{ type: 'Container', items: [{ type: 'ActionSet', actions: [...others, button] }] }],
      actions: [button],
    });
    const activity = (button: object) => ({ type: 'message', attachments: [{ content: card(button) }] });
    assert.deepEqual(withoutDialogs(activity(dialog)), activity(shown));
    assert.deepEqual(withoutDialogs('no activity'), 'no activity');
  });
});
