/** Follows the pages of an answer of Graph, on our own base only. */

/** Only the query is taken over, and only from a link to the very list that was asked for; undefined for any other. */
export function nextPage(listUrl: string, nextLink: string): string | undefined {
  if (!URL.canParse(nextLink)) return undefined;
  const next = new URL(nextLink);
  const own = new URL(listUrl);
  const same = next.origin === own.origin && next.pathname === own.pathname;
  return same && next.username === '' && next.password === ''
    ? `${own.origin}${own.pathname}${next.search}`
    : undefined;
}
