/** Shows the page that plays OneDrive: the bot's questions whether it may save a file, and what it has saved. */
import { html, type Html } from '../../web/html.ts';
import type { AnswerConsent, AnswerConsentOutcome } from '../files/speak-as-teams.ts';
import type { ConsentDesk, ConsentQuestion } from '../files/consent-desk.ts';
import type { FileHost } from '../files/file-host.ts';
import { type PageRoute, type SandboxPage, readForm } from './page.ts';

export type OneDrivePageDeps = Readonly<{
  desk: Pick<ConsentDesk, 'questions'>;
  fileHost: Pick<FileHost, 'saved'>;
  answerConsent: AnswerConsent;
}>;

export const oneDrivePath = '/onedrive';
const title = 'OneDrive of the sandbox';

export const oneDriveRoutes = ({ desk, fileHost, answerConsent }: OneDrivePageDeps): readonly PageRoute[] => [
  {
    method: 'GET',
    path: oneDrivePath,
    entry: { title, what: 'let the bot save a file, or not, and open what it saved.' },
    answer: () => ({ title, body: overview(desk.questions(), fileHost.saved()) }),
  },
  {
    method: 'POST',
    path: oneDrivePath,
    answer: async (request) => {
      const fields = (await readForm(request))?.fields;
      const answer = fields?.get('answer') === 'accept' ? 'accept' : 'decline';
      return after(await answerConsent(fields?.get('question') ?? '', answer), answer);
    },
  },
];

const overview = (questions: readonly ConsentQuestion[], saved: ReturnType<FileHost['saved']>): Html =>
  html`<p>
      In Teams, <i>Save to OneDrive</i> asks in the chat whether the bot may save the file. The chat client of
      this sandbox cannot ask: answer here. The bot gets what Teams would send, and uploads to a simulated
      drive.
    </p>
    <h2>Questions</h2>
    ${
      questions.length === 0
        ? html`<p class="soft">None so far. Press <i>Save to OneDrive</i> on a card in the personal chat.</p>`
        : questions.map(questionCard)
    }
    <h2>Saved files</h2>
    ${
      saved.length === 0
        ? html`<p class="soft">None so far.</p>`
        : html`<ul>
            ${saved.map(savedFile)}
          </ul>`
    }`;

const questionCard = ({ id, name, description, answer }: ConsentQuestion): Html =>
  html`<section class="card" id="${id}">
    <h3>${name}</h3>
    <p>${description}</p>
    ${answer === undefined ? buttons(id, name) : html`<p class="soft">You ${answered[answer]}.</p>`}
  </section>`;

const answered = { accept: 'allowed it', decline: 'declined' } as const;

const buttons = (id: string, name: string): Html =>
  html`<form method="post" action="${oneDrivePath}" enctype="multipart/form-data">
    <input type="hidden" name="question" value="${id}" />
    <button name="answer" value="accept" aria-label="Allow: ${name}">Allow</button>
    <button name="answer" value="decline" aria-label="Decline: ${name}">Decline</button>
  </form>`;

const savedFile = ({ name, contentUrl, length }: ReturnType<FileHost['saved']>[number]): Html =>
  html`<li><a href="${contentUrl}">${name}</a> (${Math.ceil(length / 1024)} KB)</li>`;

const after = (outcome: AnswerConsentOutcome, answer: 'accept' | 'decline'): SandboxPage => {
  const back = html`<p><a href="${oneDrivePath}">Back to OneDrive</a></p>`;
  switch (outcome.kind) {
    case 'told':
      return {
        title: answer === 'accept' ? 'Allowed' : 'Declined',
        body: html`<p>The bot knows. What it says to that is in the personal chat.</p>
          ${back}`,
      };
    case 'notOpen':
      return {
        status: 409,
        title: 'That question is over',
        body: html`<p>
            It was answered before, or the sandbox was started again since. Press Save to OneDrive once more.
          </p>
          ${back}`,
      };
    case 'notTaken':
      return {
        status: 502,
        title: 'The bot did not take it',
        body: html`<p>It answered with status ${outcome.status}. Its log has the reason.</p>
          ${back}`,
      };
  }
};
