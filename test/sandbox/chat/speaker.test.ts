// Other people of the sandbox speak in groups and channels; the personal chat stays with whoever sits in front of it.
import assert from 'node:assert/strict';
import { speakers } from '../../../src/sandbox/chat/people.ts';
import { createSpeaker } from '../../../src/sandbox/chat/speaker.ts';

const [ada, benno] = speakers;
const said = (conversationType: string, type = 'message') => ({
  type,
  text: 'hello',
  from: { id: 'user-0', name: ada.name, aadObjectId: ada.oid, role: 'user' },
  conversation: { id: 'somewhere', conversationType },
});

describe('createSpeaker', () => {
  it('lets whoever was chosen speak in groups and channels, and nowhere else', () => {
    assert.ok(benno);
    const speaker = createSpeaker(speakers);
    assert.deepEqual(speaker.spoken(said('channel')), said('channel'));
    assert.equal(speaker.become(benno.oid), true);
    const from = { id: 'user-1', name: benno.name, aadObjectId: benno.oid, role: 'user' };
    for (const place of ['channel', 'groupChat'])
      for (const type of ['message', 'invoke'])
        assert.deepEqual(speaker.spoken(said(place, type)), { ...said(place, type), from });
    for (const other of [said('personal'), said('channel', 'conversationUpdate'), 'no activity'])
      assert.deepEqual(speaker.spoken(other), other);
  });

  it('knows nobody else', () => {
    const speaker = createSpeaker(speakers);
    assert.equal(speaker.become('somebody'), false);
    assert.equal(speaker.current(), ada);
  });
});
