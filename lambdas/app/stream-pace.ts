/** How late a listener may hear of what happened. */
export const LOOK_EVERY_MS = 1_000;

/** After trouble with the table or the queue. */
export const LOOK_AGAIN_MS = 5_000;

/** Proxies and browsers take a silent connection for a dead one. */
export const HEARTBEAT_MS = 20_000;
