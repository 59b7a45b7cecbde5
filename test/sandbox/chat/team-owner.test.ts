// The owner of the team in the roster of the sandbox's chat client, asked for in each of Teams' ways.
import assert from 'node:assert/strict';
import { teamOwner } from '../../../src/sandbox/chat/people.ts';
import { withTeamOwner } from '../../../src/sandbox/chat/team-owner.ts';

const member = (aadObjectId: string, userRole = 'user') => ({ id: 'user-1', aadObjectId, userRole });
const place = '/_connector/v3/conversations/channel-okrs';

describe('withTeamOwner', () => {
  const withOwner = withTeamOwner(teamOwner);

  it('says so of them alone, asked for one person or a page of them', () => {
    const asked = { method: 'GET', path: `${place}/members/user-1` };
    assert.deepEqual(withOwner(asked, member(teamOwner.oid)), member(teamOwner.oid, 'owner'));
    assert.deepEqual(withOwner(asked, member('another')), member('another'));
    const page = (userRole?: string) => ({
      members: [member('another'), member(teamOwner.oid, userRole)],
      continuationToken: 'more',
    });
    assert.deepEqual(withOwner({ method: 'GET', path: `${place}/pagedmembers` }, page()), page('owner'));
  });

  it('leaves every other answer alone', () => {
    for (const asked of [
      { method: 'GET', path: '/_connector/v3/teams/team-id' },
      { method: 'POST', path: `${place}/members/user-1` },
    ])
      assert.deepEqual(withOwner(asked, member(teamOwner.oid)), member(teamOwner.oid));
  });
});
