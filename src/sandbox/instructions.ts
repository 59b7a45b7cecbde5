/** Tells whoever starts the sandbox where to look, what to paste, and how to stop. */
import { afterRestart } from './chat/playground.ts';
import { scenarios } from './graph/scenarios.ts';
import { sandboxPeople } from './chat/people.ts';

/** Plain text for a terminal. */
export const instructions = (chatUrl: string, pagesUrl: string, logFile: string): string =>
  [
    '',
    'OKR Export is running on this machine. Nothing leaves it, and no tenant is needed.',
    '',
    `  1. Open the chat in a browser:   ${chatUrl}`,
    '  2. Paste one of these links into the chat and send it. In a group or a channel, mention the bot with @ first.',
    '',
    ...scenarios.flatMap(({ url, what }) => [`     ${url}`, `       ${what}`, '']),
    `  3. When the bot asks, press Sign in and choose ${sandboxPeople[0].name}, the person in front of the chat.`,
    '     Afterwards the export starts by itself. Say "list" to see your exports, "help" for the rest.',
    '',
    '  4. The card that is ready shows what the export says. Export the same link again: the new card says what changed.',
    `  5. Or hand the bot a file, your own or a sample, which the chat client cannot:   ${pagesUrl}/hand-a-file`,
    `     Save to OneDrive asks in Teams whether it may; here you answer that at        ${pagesUrl}/onedrive`,
    '',
    `What can go wrong, with a link for each fault: ${pagesUrl}/faults   (more to try: ${pagesUrl})`,
    '',
    afterRestart,
    'To stop: Ctrl-C. Started again, it goes on where it was. To start afresh: npm run sandbox -- --fresh',
    `The bot's log: ${logFile}`,
    '',
  ].join('\n');
