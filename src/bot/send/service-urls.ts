/** Checks connector base URLs against the operator's list: the bot sends nowhere else. */
import { isOnAllowedHost } from '../../domain/allowed-hosts.ts';

export type IsAllowedServiceUrl = (serviceUrl: string) => boolean;

/** No host of the connector has other letters; some that do would be read differently by the next program. */
const plainHost = /^[a-z0-9[\]:.-]+$/;

/** @param entries as for `isOnAllowedHost` */
export function createServiceUrlGate(entries: readonly string[]): IsAllowedServiceUrl {
  return function isAllowedServiceUrl(serviceUrl) {
    if (!URL.canParse(serviceUrl)) return false;
    const url = new URL(serviceUrl);
    return plainHost.test(url.host) && isOnAllowedHost(url, entries);
  };
}
