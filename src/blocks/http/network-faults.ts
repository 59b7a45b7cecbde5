/** Tells from a failed call whether it may have arrived, and whether TLS is to blame. */
export interface NetworkFault {
  readonly kind: 'unavailable';
  /** `insecure`: TLS is to blame. */
  readonly trouble: 'unreachable' | 'insecure';
  /** The other side certainly did not act on it. */
  readonly notSent: boolean;
}

/** Codes of Node and undici for a connection that never came about. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/;
/** The peer's certificate was refused, which happens before the request is written. */
const refusedCertificate =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|ERR_TLS_CERT_)/;
const brokenTls = /^(ERR_SSL_|ERR_TLS_|EPROTO$)/;

/** Tells also whether TLS is to blame. Anything unclear counts as "may have arrived": listing once too often is cheaper than exporting twice. */
export function faultOf(error: unknown): NetworkFault {
  const errors = [...causesOf(error)];
  const codes = errors.map(codeOf);
  const certificate = codes.some((code) => refusedCertificate.test(code));
  const insecure = certificate || codes.some((code) => brokenTls.test(code));
  const notSent =
    certificate || codes.some((code) => neverConnected.test(code)) || errors.some(failedWhileConnecting);
  return { kind: 'unavailable', trouble: insecure ? 'insecure' : 'unreachable', notSent };
}

function* causesOf(error: unknown): Generator<object> {
  let current = error;
  // A circle of causes would be somebody's mistake; five are more than fetch ever nests.
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    yield current;
    current = 'cause' in current ? current.cause : undefined;
  }
}

const codeOf = (error: object): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

const failedWhileConnecting = (error: object): boolean => 'syscall' in error && error.syscall === 'connect';
