/** Builds what Teams is asked of the people in conversations. */
import { createCountOthers } from '../bot/answer/count-others.ts';
import { createFindMember, createNameOf } from '../bot/answer/find-member.ts';
import { createFindPersonalChat, type FindPersonalChatDeps } from '../bot/send/find-personal-chat.ts';

export const createPeople = (deps: FindPersonalChatDeps) => ({
  countOthers: createCountOthers(deps),
  findMember: createFindMember(deps),
  nameOf: createNameOf(deps),
  findPersonalChat: createFindPersonalChat(deps),
});
