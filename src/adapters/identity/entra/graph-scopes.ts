/** Names the delegated permissions of Microsoft Graph that the bot asks for; both need an administrator's consent. */

/** Named by Graph's audience, which stays the same when `GRAPH_BASE_URL` points to a simulator. */
export const graphScopes = [
  'https://graph.microsoft.com/Goals-Export.ReadWrite.All',
  'https://graph.microsoft.com/Goals-Export.Read.All',
] as const;
