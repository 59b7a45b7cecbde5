/** Shows the page on which somebody hands a file to the bot, which the chat client cannot do. */
import { html, type Html } from '../../web/html.ts';
import type { HandedFile, HandFile, HandFileOutcome } from '../files/speak-as-teams.ts';
import { sampleFiles, type SampleFile } from '../files/sample-files.ts';
import { sandboxPeople } from '../chat/people.ts';
import { type PageRequest, type PageRoute, type SandboxPage, readForm } from './page.ts';

export type HandFilePageDeps = Readonly<{
  handFile: HandFile;
  chatUrl: string;
  clock?: () => number;
}>;

const path = '/hand-a-file';
const title = 'Hand a file to the bot';
/** More than the bot takes, so that its answer to that can be seen too. */
const maxMegabytes = 30;

export const handFileRoutes = ({
  handFile,
  chatUrl,
  clock = Date.now,
}: HandFilePageDeps): readonly PageRoute[] => [
  {
    method: 'GET',
    path,
    entry: { title, what: 'a CSV or Excel file of goals, your own or a sample.' },
    answer: () => ({ title, body: form(sampleFiles(clock())) }),
  },
  {
    method: 'POST',
    path,
    maxBytes: (maxMegabytes + 1) * 1024 * 1024,
    answer: async (request) => {
      const file = await chosenFile(request, sampleFiles(clock()));
      if (file === undefined) return trouble(400, 'No file was chosen', html`<p>Choose a file first.</p>`);
      return after(await handFile(file), file.name, chatUrl);
    },
  },
];

const form = (samples: readonly SampleFile[]): Html =>
  html`<p>
      In Teams you attach a file to a message in the personal chat with the bot. The chat client of this
      sandbox cannot attach files: choose one here, and it reaches the bot as if ${sandboxPeople[0].name}, the
      person in front of the chat, had sent it.
    </p>
    <form method="post" action="${path}" enctype="multipart/form-data">
      <h2>A sample</h2>
      <p>Hand over the older file first, then the newer one: the bot says what changed.</p>
      ${samples.map(sampleCard)}
      <h2>A file of your own</h2>
      <section class="card">
        <p>
          <label for="file">CSV or XLSX, up to ${maxMegabytes} MB here; the bot’s own limit is lower.</label>
        </p>
        <p><input type="file" id="file" name="file" /></p>
        <p><button>Hand my file to the bot</button></p>
      </section>
    </form>`;

const sampleCard = ({ id, what, name }: SampleFile): Html =>
  html`<section class="card">
    <h3 id="${id}">${what}</h3>
    <p class="soft">${name}</p>
    <p><button name="sample" value="${id}" aria-describedby="${id}">Hand it to the bot</button></p>
  </section>`;

/** Undefined when neither a sample nor a file came. */
const chosenFile = async (
  request: PageRequest,
  samples: readonly SampleFile[],
): Promise<HandedFile | undefined> => {
  const form = await readForm(request);
  const sample = samples.find(({ id }) => id === form?.fields.get('sample'));
  return sample === undefined ? form?.file : { name: sample.name, bytes: await sample.bytes() };
};

const after = (outcome: HandFileOutcome, name: string, chatUrl: string): SandboxPage => {
  const openChat = html`<a href="${chatUrl}" target="_blank" rel="noopener">Open the chat</a>`;
  switch (outcome.kind) {
    case 'handed':
      return {
        title: 'The bot has it',
        body: html`<p><b>${name}</b> was sent to the bot. Its answer is in the personal chat.</p>
          <p>If you open the chat anew, earlier messages are gone: keep it open beside this page.</p>
          <p><a href="${path}">Hand over another file</a></p>`,
      };
    case 'noChat':
      return trouble(
        409,
        'Open the chat first',
        html`<p>Nobody has opened the chat since the sandbox started, so there is nobody to send the file.</p>
          <p>${openChat}, then come back.</p>`,
      );
    case 'notTaken':
      return trouble(
        502,
        'The bot did not take it',
        html`<p>It answered with status ${outcome.status}. Its log has the reason.</p>`,
      );
  }
};

const trouble = (status: number, heading: string, body: Html): SandboxPage => ({
  status,
  title: heading,
  body: html`${body}
    <p><a href="${path}">Back to the files</a></p>`,
});
