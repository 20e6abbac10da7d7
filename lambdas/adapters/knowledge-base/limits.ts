/** An answer waits for its excerpts, and the model takes the better part of a function's time. */
export const TIMEOUT_MS = 5_000;

/** More than these no prompt has room for. */
export const MAX_RECORDS = 10;
