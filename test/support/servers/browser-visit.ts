/** Visits pages as a browser without a screen: follows redirects with cookies, and signs in at the simulated Entra ID. */
import type { Person } from '../../../src/sandbox/chat/people.ts';

export type Visit = Readonly<{
  status: number;
  /** Where the last redirect led. */
  url: string;
  html: string;
  /** Every address on the way, the first included. */
  trail: readonly string[];
}>;

/** @param person who presses a button at the sign-in page, and accepts what is asked of them; `decline` presses Cancel */
export const visit = async (start: string, person: Person | 'decline'): Promise<Visit> => {
  const cookies = new Map<string, string>();
  const trail: string[] = [];
  let url = start;
  let form: URLSearchParams | undefined;
  while (trail.length < 15) {
    trail.push(url);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    keepCookies(cookies, response);
    const location = response.headers.get('location');
    const html = await response.text();
    form = location === null ? answerTo(html, person) : undefined;
    if (location !== null) url = new URL(location, url).toString();
    else if (!form) return { status: response.status, url, html, trail };
  }
  throw new Error(`Too many redirects: ${trail.join(' -> ')}`);
};

const answerTo = (html: string, person: Person | 'decline'): URLSearchParams | undefined => {
  if (!html.includes('name="user"')) return undefined;
  const user = person === 'decline' ? 'decline' : person.oid;
  return new URLSearchParams(html.includes('name="consent"') ? { user, consent: 'accept' } : { user });
};

const keepCookies = (cookies: Map<string, string>, response: Response): void => {
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (name !== undefined) cookies.set(name, value ?? '');
  }
};
