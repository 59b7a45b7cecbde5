/** Shows on the start page who writes and presses in groups and channels, and lets somebody else do so. */
import { html, type Html } from '../../web/html.ts';
import type { Person } from '../chat/people.ts';
import type { Speaker } from '../chat/speaker.ts';
import { readForm, type PageRoute } from './page.ts';

export interface SpeakerFormDeps {
  readonly speaker: Pick<Speaker, 'current' | 'become'>;
  /** Who can be chosen; the first one sits in front of the chat. */
  readonly people: readonly [Person, ...Person[]];
  readonly teamOwner: Person;
  readonly chatUrl: string;
}

const path = '/speaker';

const speakerForm = ({ speaker, people, teamOwner }: SpeakerFormDeps): Html =>
  html`<section class="card">
    <h2 id="speaker">Who you are in groups and channels</h2>
    <p>There you write and press as <b>${speaker.current().name}</b>.</p>
    <form method="post" action="${path}" enctype="multipart/form-data">
      <p>
        ${people.map(
          (one) =>
            html`<button name="person" value="${one.oid}">
              ${one.name}${one === teamOwner ? ', an owner of the team' : ''}
            </button> `,
        )}
      </p>
    </form>
    <p class="soft">
      See a summary of the channel as others do: <em>About this</em>, <em>Ask for a pause</em>, and for an
      owner of the team <em>End it</em>. The chat client goes on showing ${people[0].name}, whose personal
      chat stays theirs.
    </p>
  </section>`;

export const speakerRoute = (deps: SpeakerFormDeps): PageRoute => ({
  method: 'POST',
  path,
  panel: () => speakerForm(deps),
  answer: async (request) => {
    const wanted = (await readForm(request))?.fields.get('person') ?? '';
    const { speaker, people, chatUrl } = deps;
    if (!people.some(({ oid }) => oid === wanted) || !speaker.become(wanted))
      return { status: 400, title: 'Nobody was chosen', body: html`<p>Choose one of the buttons.</p>` };
    return {
      title: `You are ${speaker.current().name}`,
      body: html`<p>
          In groups and channels:
          <a href="${chatUrl}" target="_blank" rel="noopener">go there in the chat</a>.
        </p>
        ${speakerForm(deps)}`,
    };
  },
});
