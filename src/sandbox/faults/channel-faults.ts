/** Plays faults on the way from Teams to the bot: what the person says calls them up, whoever hands the message on plays them. */
import type { FaultLink } from './fault-link.ts';
import { faultView } from './fault-link.ts';

export const channelFaults: readonly FaultLink[] = [
  {
    id: 'E7',
    what: 'Your message comes from an organisation that this bot does not serve.',
    see: '“This bot is not set up for your organisation”, once. Nothing is started, kept or asked.',
    play: () => ({}),
  },
  {
    id: 'C9',
    what: 'Teams changes the address at which it takes the bot’s answers.',
    see: 'Nothing: the bot answers at the newest address, if its host is on the list of allowed ones.',
    play: () => ({}),
  },
  {
    id: 'C10',
    what: 'Teams delivers your message twice.',
    see: 'One answer, one card, one export.',
    play: () => ({}),
  },
];

/** What is said with the link of the row in it. */
const holds = (id: 'C9' | 'C10' | 'E7', text: string): boolean => text.includes(faultView(id).explorerViewId);

export const comesFromElsewhere = (text: string): boolean => holds('C9', text);
/** The tenant that a message claims to come from instead of its own. */
export const strangeTenantOf = (text: string): string | undefined =>
  holds('E7', text) ? 'fa17e007-0000-4000-8000-000000000003' : undefined;
export const comesTwice = (text: string): boolean => holds('C10', text);
