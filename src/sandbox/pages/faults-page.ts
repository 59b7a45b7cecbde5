/** Shows the page that lists every fault link: what each one does, and what there is to see. */
import { html, type Html } from '../../web/html.ts';
import { faultView, type FaultId, type FaultLink } from '../faults/fault-link.ts';
import { faultLinks, notByLink, type NotByLink } from '../faults/fault-links.ts';
import { linkToPaste, type PageRoute } from './page.ts';

const kinds: readonly Readonly<{ letter: string; title: string; what: string }>[] = [
  { letter: 'G', title: 'Microsoft Graph', what: 'The service that makes the files answers badly.' },
  { letter: 'T', title: 'The way to Microsoft', what: 'Something goes wrong on the wire, or with the file.' },
  {
    letter: 'E',
    title: 'Microsoft Entra ID',
    what: 'The sign-in cannot be renewed. Sign in once before you try these.',
  },
  {
    letter: 'C',
    title: 'Microsoft Teams',
    what: 'The conversation does not take what the bot sends, or sends oddly.',
  },
  {
    letter: 'P',
    title: 'Planner',
    what: 'A plan, its goals or the names of its people cannot be read as usual.',
  },
];

const title = 'What can go wrong';

export const faultsPage: PageRoute = {
  method: 'GET',
  path: '/faults',
  entry: {
    title,
    what: `${faultLinks.length} links, each with one fault that you can watch the bot deal with.`,
  },
  answer: () => ({
    title,
    body: html`<p>
        Each link below makes one thing go wrong. Copy it, paste it into the chat and send it. Whatever else
        you do goes on as usual; a link can be pasted again, once its export has ended.
      </p>
      <p>
        ${kinds.map(({ letter, title }) => html`<a href="#${letter}">${title}</a> · `)}
        <a href="#not-by-link">Without a link</a>
      </p>
      ${kinds.map(section)}
      <h2 id="not-by-link">Without a link</h2>
      ${notByLink.map(withoutLink)}`,
  }),
};

const section = ({ letter, title, what }: (typeof kinds)[number]): Html =>
  html`<h2 id="${letter}">${title}</h2>
    <p>${what}</p>
    ${faultLinks.filter(({ id }) => id.startsWith(letter)).map(withLink)}`;

const headed = (id: FaultId, what: string): Html => html`<h3><span class="id">${id}</span>${what}</h3>`;

const withLink = ({ id, what, see }: FaultLink): Html =>
  html`<section class="card">
    ${headed(id, what)}
    <p><span class="soft">What you see:</span> ${see}</p>
    ${linkToPaste(faultView(id).url, id)}
  </section>`;

const withoutLink = ({ id, what, why }: NotByLink): Html =>
  html`<section class="card">
    ${headed(id, what)}
    <p class="soft">${why}</p>
  </section>`;
