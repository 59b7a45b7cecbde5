/** Checks a URL against an operator's list of allowed hosts, by its parsed parts only. */
const loopbackHost = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * @param entries `host[:port]`, or `*.host` for its sub-domains; without a port the scheme's own is meant.
 * `https` only, except for loopback hosts that an entry names. Never with a user or a password in the URL.
 */
export function isOnAllowedHost(url: URL, entries: readonly string[]): boolean {
  if (url.username !== '' || url.password !== '') return false;
  const names = entries.map((entry) => entry.trim().toLowerCase());
  if (url.protocol === 'http:') return loopbackHost.test(url.hostname) && names.includes(url.host);
  return url.protocol === 'https:' && names.some((name) => covers(name, url.host));
}

const covers = (name: string, host: string): boolean =>
  name.startsWith('*.') ? host.endsWith(name.slice(1)) && host.length >= name.length : host === name;
