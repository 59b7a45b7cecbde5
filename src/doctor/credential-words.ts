/** Explains why Entra ID refused an app's credentials, and on which page of which portal it is mended. */
import type { CredentialTrial } from '../adapters/identity/entra/try-credentials.ts';

export interface Registration {
  readonly clientId: string;
  readonly tenantId: string;
  /** Names of the variables that describe it. */
  readonly names: {
    readonly id: string;
    readonly tenant: string;
    readonly secret: string;
    readonly certificate: string;
  };
}

export interface Words {
  readonly says: string;
  readonly todo: string;
}

type Refusal = Extract<CredentialTrial, { kind: 'refused' }>['failure'];

const pageOf = ({ clientId }: Registration, page: string): string =>
  `portal.azure.com → App registrations → ${clientId} → ${page}`;

// Numbers from learn.microsoft.com/entra/identity-platform/reference-error-codes; they may change, so whatever has no
// row here is told by its OAuth `error`.
const rows: readonly (readonly [codes: readonly number[], words: (of: Registration) => Words])[] = [
  [
    [7000222],
    (of) => ({
      says: `The client secret in ${of.names.secret} has expired.`,
      todo: `${pageOf(of, 'Certificates & secrets')}: make a new client secret and put its Value into ${of.names.secret}.`,
    }),
  ],
  [
    [7000215, 7000218, 7000216],
    (of) => ({
      says: `Entra ID does not take the client secret in ${of.names.secret}.`,
      todo: `${pageOf(of, 'Certificates & secrets')}: put the Value of a client secret into ${of.names.secret}, not its Secret ID.`,
    }),
  ],
  [
    [700027, 700021, 700023],
    (of) => ({
      says: `Entra ID does not take the certificate in ${of.names.certificate}.`,
      todo: `${pageOf(of, 'Certificates & secrets → Certificates')}: upload this very certificate, and check that it has not expired.`,
    }),
  ],
  [
    [700016, 7000229],
    (of) => ({
      says: `Tenant ${of.tenantId} knows no application ${of.clientId}.`,
      todo: `Compare ${of.names.id} and ${of.names.tenant} with Application (client) ID and Directory (tenant) ID on ${pageOf(of, 'Overview')}.`,
    }),
  ],
  [
    [7000112],
    (of) => ({
      says: `The application ${of.clientId} is disabled in tenant ${of.tenantId}.`,
      todo: `entra.microsoft.com → Enterprise applications → ${of.clientId} → Properties: let users sign in.`,
    }),
  ],
  [
    [90002],
    (of) => ({
      says: `Entra ID knows no tenant ${of.tenantId}.`,
      todo: `Mend ${of.names.tenant}: entra.microsoft.com → Overview → Tenant ID.`,
    }),
  ],
];

const quoted = ({ error, codes, correlationId }: Refusal): string =>
  [
    error,
    ...codes.map((code) => `AADSTS${code}`),
    ...(correlationId === undefined ? [] : [correlationId]),
  ].join(', ');

export function refusalWords(failure: Refusal, of: Registration): Words {
  const row = rows.find(([codes]) => codes.some((code) => failure.codes.includes(code)));
  if (row !== undefined) return row[1](of);
  if (failure.error === 'invalid_client')
    return {
      says: `Entra ID does not take the secret or certificate of ${of.clientId} (${quoted(failure)}).`,
      todo: `${pageOf(of, 'Certificates & secrets')}: make a new one and put it into ${of.names.secret}.`,
    };
  return {
    says: `Entra ID refuses the application ${of.clientId} (${quoted(failure)}).`,
    todo: `Look the code up at https://login.microsoftonline.com/error, and compare ${of.names.id} and ${of.names.tenant} with ${pageOf(of, 'Overview')}.`,
  };
}

export const certificateWords = ({ names }: Registration): Words => ({
  says: `${names.certificate} or its key cannot be read as PEM, or does not sign.`,
  todo: `Let ${names.certificate} name the certificate and ${names.certificate.replace('_FILE', '_KEY_FILE')} its private key, both PEM files that the bot may read.`,
});
