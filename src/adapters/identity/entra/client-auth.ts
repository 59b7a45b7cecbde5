/** Proves an app registration to Entra ID with a secret, a certificate, or a managed identity. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ManagedIdentityApplication, type NodeAuthOptions } from '@azure/msal-node';

export type ClientAuth =
  | { readonly kind: 'secret'; readonly secret: string }
  /** Paths of PEM files: the certificate (leaf first) and its private key. */
  | { readonly kind: 'certificate'; readonly certificateFile: string; readonly keyFile: string }
  /** Client id of a user-assigned managed identity that the registration trusts as a federated credential. */
  | { readonly kind: 'managedIdentity'; readonly clientId: string };

export type ClientProof = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;

/** The audience of a managed identity's token that stands in for a secret (workload identity federation). */
const federationAudience = 'api://AzureADTokenExchange';

function readCertificate(certificateFile: string, keyFile: string): ClientProof {
  try {
    const x5c = readFileSync(certificateFile, 'utf8');
    const thumbprintSha256 = new X509Certificate(x5c).fingerprint256.replaceAll(':', '');
    return { clientCertificate: { thumbprintSha256, x5c, privateKey: readFileSync(keyFile, 'utf8') } };
  } catch (cause) {
    throw new Error(`The certificate ${certificateFile} or its key ${keyFile} cannot be read as PEM.`, {
      cause,
    });
  }
}

/** msal's options for a registration. Reads certificate files once; throws when they cannot be read. */
export function proveClient(auth: ClientAuth): ClientProof {
  switch (auth.kind) {
    case 'secret':
      return { clientSecret: auth.secret };
    case 'certificate':
      return readCertificate(auth.certificateFile, auth.keyFile);
    case 'managedIdentity': {
      const identity = new ManagedIdentityApplication({
        managedIdentityIdParams: { userAssignedClientId: auth.clientId },
      });
      const clientAssertion = async (): Promise<string> =>
        (await identity.acquireToken({ resource: federationAudience })).accessToken;
      return { clientAssertion };
    }
  }
}
