/** Lets other people of the sandbox write and press in groups and channels, where the chat client knows one person only. */
import * as z from 'zod';
import type { Person } from './people.ts';
import { chatAccountId } from './playground.ts';

export interface Speaker {
  readonly current: () => Person;
  /** False for nobody of the sandbox. */
  readonly become: (oid: string) => boolean;
  /** What comes from a group or channel, as from whoever speaks; all else as it is. */
  readonly spoken: (activity: unknown) => unknown;
}

const saidTogether = z.looseObject({
  type: z.enum(['message', 'invoke']),
  from: z.looseObject({}),
  conversation: z.looseObject({ conversationType: z.enum(['groupChat', 'channel']) }),
});

export function createSpeaker(people: readonly [Person, ...Person[]]): Speaker {
  let current = people[0];
  return {
    current: () => current,
    become: (oid) => {
      const found = people.find((one) => one.oid === oid);
      current = found ?? current;
      return found !== undefined;
    },
    spoken: (activity) => {
      const said = saidTogether.safeParse(activity).data;
      if (said === undefined) return activity;
      const { name, oid: aadObjectId } = current;
      const from = { ...said.from, id: chatAccountId(people.indexOf(current)), name, aadObjectId };
      return { ...said, from };
    },
  };
}
