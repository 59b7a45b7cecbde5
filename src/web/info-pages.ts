/** Serves the pages about the bot itself (start, privacy, terms) and the pages' files. */
import { html } from './html.ts';
import { assetAt } from './asset-files.ts';
import { sendPage, type Page } from './page.ts';
import { notFoundPage, type Route, type Visit } from './route.ts';

export interface About {
  readonly appName: string;
  /** Who runs this bot, as its users know them. */
  readonly operatorName: string;
  /** A web address or `mailto:` of the operator. */
  readonly operatorUrl?: string;
  /** Days after which records of ended exports are deleted. */
  readonly retentionDays: number;
}

const operator = ({ operatorName, operatorUrl }: About) =>
  operatorUrl === undefined ? html`${operatorName}` : html`<a href="${operatorUrl}">${operatorName}</a>`;

const startPage = (about: About): Page => ({
  status: 200,
  tone: 'plain',
  title: about.appName,
  body: html`<p>This is a bot in Microsoft Teams. It exports saved Viva Goals explorer views for you.</p>
    <p>There is nothing to do on this page: paste the link of an explorer view in a chat with the bot.</p>
    <p class="small"><a href="/privacy">Privacy</a> · <a href="/terms">Terms</a></p>`,
});

const privacyPage = (about: About): Page => ({
  status: 200,
  tone: 'plain',
  wide: true,
  title: 'Privacy',
  body: html`<p>${about.appName} is run by ${operator(about)}. This is what it keeps, and for how long.</p>
    <h2>What is kept</h2>
    <ul>
      <li>
        For each export: who asked (name, language and Microsoft Entra ids), the ids of the organisation and
        the view, when, in which conversation, and how it went.
      </li>
      <li>
        What a file says, encrypted, for the person who exported or sent it: figures, the few goals that need
        attention, and of its goals the title, owner, status and progress, so that the next file can be
        compared with it.
      </li>
      <li>A file that you send to the bot yourself, encrypted, for a day.</li>
      <li>The address of each conversation the bot was used in, so that it can update its cards there.</li>
      <li>
        Your sign-in tokens, encrypted, so that an export can go on while you are away. They let the bot read
        what you may read in Viva Goals, and nothing else.
      </li>
    </ul>
    <h2>What is not kept</h2>
    <ul>
      <li>The exported files: they go from Microsoft to you, through the bot, without being stored.</li>
      <li>The notes in check-ins, and every other column of a file.</li>
      <li>The text of messages. The bot reads a message to find links in it, and forgets it.</li>
    </ul>
    <h2>For how long</h2>
    <p>
      Records of exports, and what files said, are deleted ${about.retentionDays} days after they ended.
      Download links work once, for 5 minutes.
    </p>
    <h2>What you can do</h2>
    <p>
      Write <strong>sign out</strong> to the bot, or remove it from your personal apps: your tokens are
      deleted at once. Write <strong>delete my data</strong> to have everything about you deleted: the bot
      says what that is, and asks first. How much you asked for in the last day is kept for that day, without
      your name, so that the daily limit holds. Messages it has already sent stay in the chat. Questions go to
      ${operator(about)}.
    </p>
    <p>Nothing is given to anybody else, and nothing is used for advertising.</p>`,
});

const termsPage = (about: About): Page => ({
  status: 200,
  tone: 'plain',
  wide: true,
  title: 'Terms of use',
  body: html`<p>
      ${about.appName} is run by ${operator(about)} for the people of the organisations that installed it.
    </p>
    <ul>
      <li>
        The bot acts as you and sees only what you may see. What you export is yours to handle with care, by
        the rules of your organisation.
      </li>
      <li>
        Exports are made by Microsoft. The bot starts them, follows them and hands over the file; it cannot
        promise when, or that, Microsoft makes one.
      </li>
      <li>There are limits on how many exports one person and one organisation can have at a time.</li>
      <li>The bot is provided as it is, without warranty.</li>
    </ul>
    <p class="small"><a href="/privacy">Privacy</a></p>`,
});

function sendAsset(visit: Visit): void {
  const asset = assetAt(visit.request.url ?? '');
  if (asset === undefined) return sendPage(visit.response, notFoundPage);
  const zipped = /\bgzip\b/.test(visit.request.headers['accept-encoding'] ?? '');
  const bytes = zipped ? asset.gzipped : asset.bytes;
  visit.response.writeHead(200, {
    'Content-Type': asset.type,
    'Content-Length': bytes.length,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
    ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
  });
  visit.response.end(bytes);
}

function fixed(page: Page): Route['handle'] {
  return function answerFixedPage({ response }) {
    return sendPage(response, page);
  };
}

export const createInfoPages = (about: About): readonly Route[] => [
  { method: 'get', path: '/', handle: fixed(startPage(about)) },
  { method: 'get', path: '/privacy', handle: fixed(privacyPage(about)) },
  { method: 'get', path: '/terms', handle: fixed(termsPage(about)) },
  { method: 'get', path: '/assets/:version/:file', handle: sendAsset },
];
