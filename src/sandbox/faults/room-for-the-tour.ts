/** Sets the bot's limits so that nobody who tries every fault, and some twice, is stopped half-way. */
export const roomForTheTour = { LIMIT_OPEN_PER_USER: '100', LIMIT_DAILY_PER_USER: '1000' } as const;
