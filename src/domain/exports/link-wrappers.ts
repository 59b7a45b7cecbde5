/** Finds the address that a mail scanner, Teams or Outlook has wrapped into one of its own. */

const safeLinks =
  /(?:^|\.)safelinks\.protection\.(?:outlook\.com|office365\.us|apps\.mil|partner\.outlook\.cn|outlook\.de|office\.de)$/;
const teamsStatics =
  /^(?:[\w-]+\.)*statics(?:int)?\.(?:[\w-]+\.)*teams\.(?:cdn\.office\.net|cdn\.office365\.us|cdn\.live\.net|microsoft\.com|microsoft\.us)$/;
const outlook = /^outlook\.(?:office\.com|office365\.com|office365\.us|live\.com|cloud\.microsoft)$/;
const proofpoint = /(?:^|\.)urldefense\.(?:proofpoint\.com|com|us)$/;
const teams =
  /^(?:(?:[\w-]+\.)?teams\.(?:microsoft\.com|microsoft\.us|cloud\.microsoft|live\.com)|teams\.microsoftonline\.cn)$/;

/** Where Teams' links carry an address; their launcher carries another link of Teams. */
const teamsParameters = [
  'url',
  'weburl',
  'websiteurl',
  'contenturl',
  'subentityweburl',
  'subentityid',
  'subpageid',
  'objecturl',
];

/**
 * The address inside, one layer deep; undefined for what is no wrapper, or holds none. Whether it is worth following is for the
 * reader of the result to say. Sources: Microsoft Defender "Safe Links", Proofpoint "URL Defense" versions 1 to 3, Teams "Deep links".
 */
export function unwrapLink(address: string): string | undefined {
  const url = new URL(address);
  const { hostname, pathname } = url;
  if (safeLinks.test(hostname)) return parameter(url, ['url']);
  if (teamsStatics.test(hostname) && pathname.includes('/evergreen-assets/safelinks/'))
    return parameter(url, ['url']);
  if (outlook.test(hostname) && pathname.endsWith('/safelink.html')) return parameter(url, ['url']);
  if (proofpoint.test(hostname)) return unwrapProofpoint(url, address);
  if (teams.test(hostname)) return unwrapTeams(url);
  return undefined;
}

/** The names of parameters are compared without case: mail programs rewrite them. */
function parameter(url: URL, names: readonly string[]): string | undefined {
  const found = [...url.searchParams].find(([name, value]) => names.includes(name.toLowerCase()) && value);
  return found?.[1];
}

function unwrapProofpoint(url: URL, address: string): string | undefined {
  const { pathname } = url;
  if (pathname.startsWith('/v3/')) return unwrapVersion3(address);
  const inside = parameter(url, ['u']);
  if (!pathname.startsWith('/v2/')) return inside;
  return inside === undefined ? undefined : decoded(inside.replaceAll('-', '%').replaceAll('_', '/'));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** `/v3/__<address>__;<base64 of what the stars stand for>!!…`; `**A` stands for two characters, `**B` for three, and so on. */
function unwrapVersion3(address: string): string | undefined {
  const [, inside, encoded = ''] = /\/v3\/__(.+?)__(?:;([\w-]*)|$)/.exec(address) ?? [];
  const replaced = Array.from(Buffer.from(encoded, 'base64url').toString('utf8'));
  return inside?.replace(/\*\*([\w-])|\*/g, (star, run?: string) => {
    const count = run === undefined ? 1 : alphabet.indexOf(run) + 2;
    return replaced.length === 0 ? star : replaced.splice(0, count).join('');
  });
}

/** Older links keep everything behind `#`; the launcher's address begins at the root. */
function unwrapTeams(url: URL): string | undefined {
  const onTeams = (path: string): string | undefined => URL.parse(path, url.origin)?.href;
  if (url.hash.startsWith('#/')) return onTeams(url.hash.slice(1));
  const inside = [...url.searchParams, ...contextOf(url)].find(
    ([name, value]) =>
      teamsParameters.includes(name.toLowerCase()) && (value.startsWith('/') || URL.canParse(value)),
  )?.[1];
  return inside?.startsWith('/') === true ? onTeams(inside.replace(/^\/_?#/, '')) : inside;
}

function contextOf(url: URL): readonly (readonly [name: string, value: string])[] {
  try {
    const context: unknown = JSON.parse(parameter(url, ['context']) ?? '{}');
    return Object.entries(Object(context) as Record<string, unknown>).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    );
  } catch {
    return [];
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
