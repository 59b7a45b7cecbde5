/** Says what to do first: on the first page of the sandbox, and to whoever starts it in a terminal. */
import { html, type Html } from '../../web/html.ts';
import { sandboxPeople } from '../chat/people.ts';
import { scenarios, tellingScenarios } from '../graph/scenarios.ts';
import { planScenarios } from '../planner/plan-scenarios.ts';
import { linkToPaste, type PageRoute, type SandboxPage } from './page.ts';

/** What becomes of a browser tab that was open while the sandbox was started again. */
export const afterRestart =
  'Started again? Reload the tab of the chat: it begins empty, and "list" shows your exports.';

export const startPage = (chatUrl: string, routes: readonly PageRoute[]): SandboxPage => ({
  title: 'OKR Export sandbox',
  body: html`<p>
      The bot runs on this machine, between a simulated Microsoft Graph, a simulated Entra ID and a chat
      client. Nothing leaves it.
    </p>
    <p><a href="${chatUrl}" target="_blank" rel="noopener">Open the chat</a></p>
    <p>${afterRestart}</p>
    ${routes.map(entryOf)}
    <p>Paste a link into the chat and send it. In a group or a channel, mention the bot with @ first.</p>
    <p>
      Press <em>Name it</em> on a card that is ready, or write <code>save as Q3 sales</code>: then
      <code>export Q3 sales</code> is enough, and <code>views</code> shows what you have named.
    </p>
    <h2 id="schedules">Two minutes of schedules</h2>
    <ol>
      <li>
        Export the plan with goals and name it, write
        <code>schedule Q3 sales mondays 9:00 if changed</code>, and set the clock below to next Monday: the
        card comes by itself, and says what changed.
      </li>
      <li>
        A condition that is not met: export the link <em>nothing changed</em> from below, write
        <code>save as Same</code> and <code>schedule Same mondays 9:00 if changed</code>. On Monday nothing is
        posted, and <code>schedules</code> says so.
      </li>
      <li>
        <code>pause Q3 sales</code>: the next Monday passes without it, until you write
        <code>resume Q3 sales</code>.
      </li>
      <li>
        In a channel, mention the bot before the line of step 1: once you say yes, the summary is posted for
        everybody there. Be somebody else below to see it as they do.
      </li>
    </ol>
    ${routes.flatMap(({ panel }) => panel?.() ?? [])}
    <h2>Plans of Planner</h2>
    ${planScenarios.map(withLink)}
    <h2>Views of Viva Goals</h2>
    ${scenarios.map((one) => withLink({ ...one, what: `The export ${one.what}` }))}
    <h2>Links to exports that say something else</h2>
    ${tellingScenarios.map((one) => withLink({ ...one, what: `The export ${one.what}` }))}`,
});

const withLink = ({ name, what, url }: Readonly<{ name: string; what: string; url: string }>): Html =>
  html`<section class="card">
    <h3>${name}</h3>
    <p>${what}.</p>
    ${linkToPaste(url, name)}
  </section>`;

const entryOf = ({ path, entry }: PageRoute): Html =>
  entry === undefined ? html`` : html`<p><a href="${path}">${entry.title}</a>: ${entry.what}</p>`;

const links = [...planScenarios, ...scenarios];

/** Plain text for a terminal. */
export const instructions = (chatUrl: string, pagesUrl: string, logFile: string): string =>
  [
    '',
    'OKR Export is running on this machine. Nothing leaves it, and no tenant is needed.',
    '',
    `  1. Open the chat in a browser:   ${chatUrl}`,
    '  2. Paste one of these links into the chat and send it. In a group or a channel, mention the bot with @ first.',
    '',
    ...links.flatMap(({ url, what }) => [`     ${url}`, `       ${what}`, '']),
    `  3. When the bot asks, press Sign in and choose ${sandboxPeople[0].name}, the person in front of the chat.`,
    '     Afterwards the export starts by itself. Say "list" to see your exports, "help" for the rest.',
    '',
    '  4. The card that is ready shows what the export says. Export the same link again: the new card says what changed.',
    '     Write "save as Q3 sales": from then on "export Q3 sales" is enough, and "views" shows what you have named.',
    '     Then "schedule Q3 sales mondays 9:00 if changed": set the clock forward to see it run, at',
    `       ${pagesUrl}`,
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
