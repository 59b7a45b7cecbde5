/** Names the bot's version: that of `package.json`, which the bundle does not read. */
export const version = '0.1.0';
