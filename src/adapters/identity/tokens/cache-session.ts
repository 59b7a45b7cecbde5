/** Answers for the token cache of one person during one question: msal works on a copy, the caller decides to keep it. */
import type { ICachePlugin } from '@azure/msal-node';

export interface CacheSession {
  readonly plugin: ICachePlugin;
  /** msal's serialised cache as it is now. */
  readonly contents: () => string;
  readonly hasChanged: () => boolean;
}

/** Starts from what is held (msal's own JSON), or from nothing. */
export function createCacheSession(held: string | undefined): CacheSession {
  let contents = held ?? '';
  let changed = false;
  return {
    plugin: {
      beforeCacheAccess: (context) => {
        context.tokenCache.deserialize(contents);
        return Promise.resolve();
      },
      afterCacheAccess: (context) => {
        if (context.cacheHasChanged) {
          contents = context.tokenCache.serialize();
          changed = true;
        }
        return Promise.resolve();
      },
    },
    contents: () => contents,
    hasChanged: () => changed,
  };
}
