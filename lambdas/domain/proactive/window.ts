/** What a trigger may look back upon: the actions of the last two minutes, at most so many (the reference's defaults). */
export const LOOKBACK_MS = 120_000;
export const MOST_RECENT_ACTIONS = 50;
