/** Shows the first page of the sandbox: the chat, the main links, and the way to every other page. */
import { html, type Html } from '../../web/html.ts';
import { afterRestart } from '../chat/playground.ts';
import { scenarios, tellingScenarios } from '../graph/scenarios.ts';
import { linkToPaste, type PageRoute, type SandboxPage } from './page.ts';

export const startPage = (chatUrl: string, routes: readonly PageRoute[]): SandboxPage => ({
  title: 'OKR Export sandbox',
  body: html`<p>
      The bot runs on this machine, between a simulated Microsoft Graph, a simulated Entra ID and a chat
      client. Nothing leaves it.
    </p>
    <p><a href="${chatUrl}" target="_blank" rel="noopener">Open the chat</a></p>
    <p>${afterRestart}</p>
    ${routes.map(entryOf)}
    <h2>The main links</h2>
    <p>Paste one into the chat and send it. In a group or a channel, mention the bot with @ first.</p>
    ${scenarios.map(withLink)}
    <h2>Links to exports that say something else</h2>
    ${tellingScenarios.map(withLink)}`,
});

const withLink = ({ name, what, url }: (typeof scenarios)[number]): Html =>
  html`<section class="card">
    <h3>${name}</h3>
    <p>The export ${what}.</p>
    ${linkToPaste(url, name)}
  </section>`;

const entryOf = ({ path, entry }: PageRoute): Html =>
  entry === undefined ? html`` : html`<p><a href="${path}">${entry.title}</a>: ${entry.what}</p>`;
