/** One press of Ctrl-C arrives twice under npm: from the terminal, and passed on by npm. */
const onePressMs = 500;

/**
 * @param onAgain called when somebody insists.
 * @returns a signal that is aborted by the first SIGINT, SIGTERM or SIGHUP of this process.
 */
export function interruption(onAgain: () => void, now: () => number = Date.now): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const interrupt = () => {
    firstAt ??= now();
    if (controller.signal.aborted && now() - firstAt > onePressMs) onAgain();
    controller.abort();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, interrupt);
  return controller.signal;
}
