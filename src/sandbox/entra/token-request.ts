/** The form of a token request, and which of the grants it asks for. */
export type Form = Readonly<Record<string, string>>;

export type Grant = 'code' | 'refresh' | 'obo' | 'client' | 'other';

export const readForm = (body: Buffer): Form =>
  Object.fromEntries(new URLSearchParams(body.toString('utf8')));

export const grantOf = (form: Form): Grant => {
  switch (form['grant_type']) {
    case 'authorization_code':
      return 'code';
    case 'refresh_token':
      return 'refresh';
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return form['requested_token_use'] === 'on_behalf_of' ? 'obo' : 'other';
    case 'client_credentials':
      return 'client';
    default:
      return 'other';
  }
};
