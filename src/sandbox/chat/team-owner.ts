/** Makes somebody the owner of the team in the chat client's roster, which knows members only. */
import * as z from 'zod';
import type { Call } from '../loopback/script.ts';
import type { Person } from './people.ts';

const memberSchema = z.looseObject({ aadObjectId: z.string(), userRole: z.string() });
const pageSchema = z.looseObject({ members: z.array(z.unknown()) });

const asksRoster = /\/v3\/conversations\/[^/]+\/(?:pagedmembers|members(?:\/[^/]+)?)$/;

export type WithOwner = (call: Pick<Call, 'method' | 'path'>, answer: unknown) => unknown;

/** Of a group chat, too, whose owners nobody asks for. */
export const withTeamOwner = ({ oid }: Pick<Person, 'oid'>): WithOwner => {
  const asOwner = (answer: unknown): unknown => {
    const member = memberSchema.safeParse(answer).data;
    return member?.aadObjectId === oid ? { ...member, userRole: 'owner' } : answer;
  };
  return function withOwner({ method, path }, answer) {
    if (method !== 'GET' || !asksRoster.test(path)) return answer;
    const page = pageSchema.safeParse(answer).data;
    return page === undefined ? asOwner(answer) : { ...page, members: page.members.map(asOwner) };
  };
};
