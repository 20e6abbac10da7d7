import { setTimeout as wait } from "node:timers/promises";

/**
 * Makes something happen.
 *
 * @param on calls back for each event. @returns how to stop.
 * @returns the first event of that kind since then; undefined when none has come after `patienceMs`
 */
export async function nextEvent<Event>(
  on: (listener: (event: Event) => void) => () => void,
  isWanted: (event: Event) => boolean,
  happen: () => Promise<unknown>,
  { patienceMs, signal }: { readonly patienceMs: number; readonly signal: AbortSignal },
): Promise<Event | undefined> {
  const { promise, resolve } = Promise.withResolvers<Event>();
  const stop = on((event) => isWanted(event) && resolve(event));
  const giveUp = new AbortController();
  try {
    await happen();
    const ended = AbortSignal.any([signal, giveUp.signal]);
    return await Promise.race([promise, wait(patienceMs, undefined, { signal: ended })]);
  } finally {
    stop();
    giveUp.abort();
  }
}
