import type { EventEmitter } from "node:events";

/** One press of Ctrl-C arrives twice under npm: from the terminal, and passed on by npm. */
const onePressMs = 500;

/**
 * @param source where SIGINT, SIGTERM and SIGHUP arrive: the process.
 * @param onAgain called when somebody insists.
 * @returns a signal that is aborted by the first of them.
 */
export function interruption(source: EventEmitter, onAgain: () => void, now: () => number = Date.now): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const interrupt = () => {
    firstAt ??= now();
    if (now() - firstAt > onePressMs) onAgain();
    controller.abort();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) source.on(name, interrupt);
  return controller.signal;
}
