/** Answers for whose a token is: object id and tenant id are GUIDs, and GUIDs have no case. */
import type { Person } from '../../../domain/exports/export-job.ts';

/** `oid` and `tid` as Entra ID writes them. */
export const belongsTo = (person: Person, token: { readonly oid: string; readonly tid: string }): boolean =>
  token.oid.toLowerCase() === person.userId.toLowerCase() &&
  token.tid.toLowerCase() === person.tenantId.toLowerCase();
