/** Draws the pages of the simulated Entra ID: whoever presses a button is that person. */
import type { Person } from '../chat/people.ts';
import type { Answer } from '../loopback/script.ts';

export const signInPage = (people: readonly Person[]): Answer =>
  page(
    'Sign in to the sandbox',
    `<p>Nobody checks a password here: choose who you are.</p>
<form method="post">${people.map(personButton).join('')}<button name="user" value="decline">Cancel</button></form>`,
  );

export const adminConsentPage = (clientId: string): Answer =>
  page(
    'Permissions requested for your organisation',
    `<p>The app ${escaped(clientId)} asks for <b>Goals-Export.ReadWrite.All</b> and <b>Goals-Export.Read.All</b>.</p>
<form method="post"><button name="answer" value="accept">Accept as the sandbox's admin</button>
<button name="answer" value="decline">Cancel</button></form>`,
  );

/** Entra shows these itself, because sending the browser back would be unsafe. */
export const refusalPage = (text: string): Answer => ({
  ...page('Sorry, that did not work', `<p>${escaped(text)}</p>`),
  status: 400,
});

/** For `response_mode=form_post`. */
export const postBackPage = (action: string, values: Readonly<Record<string, string>>): Answer => {
  const fields = Object.entries(values).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return page(
    'One moment',
    `<form method="post" action="${escaped(action)}">${fields.join('')}<button>Continue</button></form>
<script>document.forms[0].submit()</script>`,
  );
};

const personButton = (person: Person): string =>
  `<button name="user" value="${escaped(person.oid)}">Sign in to the sandbox as ${escaped(person.name)}</button><br>`;

const page = (title: string, body: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body: `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<style>body{font:16px/1.5 system-ui;max-width:32rem;margin:3rem auto;padding:0 1rem}button{font:inherit;margin:.25rem 0;padding:.5rem 1rem}</style>
</head><body><h1>${escaped(title)}</h1>${body}</body></html>`,
});

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
