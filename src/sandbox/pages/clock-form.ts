/** Shows on the start page what time it is in the sandbox, and sets its clock forward. */
import { html, type Html } from '../../web/html.ts';
import { readForm, type PageRoute } from './page.ts';

export interface ClockFormDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What is due by then happens at once. */
  readonly setForward: (to: Date) => Promise<void>;
  readonly chatUrl: string;
}

const path = '/clock';

/** When the working day begins, in the zone of this machine. */
const atNine = (now: Date, days: number): Date =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);

const daysOfWeek = 7;
/** From 1 to 7: on a Monday the next one is a week away. */
const daysToMonday = (now: Date): number => daysOfWeek - ((now.getDay() + 6) % daysOfWeek);

const leaps = {
  hour: { says: 'Forward 1 hour', to: (now: Date) => new Date(now.getTime() + 3_600_000) },
  tomorrow: { says: 'To tomorrow, 9:00', to: (now: Date) => atNine(now, 1) },
  monday: { says: 'To next Monday, 9:00', to: (now: Date) => atNine(now, daysToMonday(now)) },
} as const;

const shownTime = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

export const clockForm = (now: number): Html =>
  html`<section class="card">
    <h2 id="clock">The clock</h2>
    <p>It is <b>${shownTime.format(now)}</b> for the bot and for all that is simulated around it.</p>
    <form method="post" action="${path}" enctype="multipart/form-data">
      <p>
        ${Object.entries(leaps).map(([leap, { says }]) => html`<button name="leap" value="${leap}">${says}</button> `)}
      </p>
    </form>
    <p class="soft">
      What is due by then happens at once, and plans have moved on. Starting the sandbox again sets the clock
      back.
    </p>
  </section>`;

export const clockRoute = ({ now, setForward, chatUrl }: ClockFormDeps): PageRoute => ({
  method: 'POST',
  path,
  panel: () => clockForm(now()),
  answer: async (request) => {
    const wanted = (await readForm(request))?.fields.get('leap') ?? '';
    const leap = Object.hasOwn(leaps, wanted) ? leaps[wanted as keyof typeof leaps] : undefined;
    if (leap === undefined)
      return { status: 400, title: 'The clock was not set', body: html`<p>Choose one of the buttons.</p>` };
    await setForward(leap.to(new Date(now())));
    return {
      title: 'The clock was set forward',
      body: html`<p>
          What was due by now happens at once:
          <a href="${chatUrl}" target="_blank" rel="noopener">look at the chat</a>.
        </p>
        ${clockForm(now())}`,
    };
  },
});
