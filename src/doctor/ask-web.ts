/** Asks a web address one question: bounded in time and size, never redirected; silence is put into words. */

export type WebAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly text: string;
      readonly location: string;
      /** The header `Date`. */
      readonly date: string;
    }
  | {
      readonly kind: 'silence';
      /** `insecure`: TLS failed. `nameless`: nobody knows the host. `closed`: nothing listens, or no answer in time. */
      readonly why: 'insecure' | 'nameless' | 'closed';
    };

const patience = 10_000;
const maxTextLength = 1_000_000;

const insecureCode =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_|INVALID_|ERR_TLS_|ERR_SSL_|EPROTO$)/;

function whyOf(error: unknown): Extract<WebAnswer, { kind: 'silence' }>['why'] {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  if (insecureCode.test(code)) return 'insecure';
  return code === 'ENOTFOUND' ? 'nameless' : 'closed';
}

export async function askWeb(url: string, init: RequestInit = {}): Promise<WebAnswer> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(patience) });
    const text = (await response.text()).slice(0, maxTextLength);
    return {
      kind: 'answer',
      status: response.status,
      text,
      location: response.headers.get('location') ?? '',
      date: response.headers.get('date') ?? '',
    };
  } catch (error) {
    return { kind: 'silence', why: whyOf(error) };
  }
}

/** Continues "<host> …". */
export const silenceWords: Readonly<Record<Extract<WebAnswer, { kind: 'silence' }>['why'], string>> = {
  insecure: 'shows a certificate that this machine does not trust',
  nameless: 'is a name that nobody knows (DNS)',
  closed: 'does not answer',
};

/** The JSON in a text, or undefined. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
