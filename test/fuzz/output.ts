type Write = typeof process.stdout.write;

/** What this process wrote on standard output and standard error, held back from both. */
export type HeldOutput = Disposable & {
  /** What was written since the last call. */
  take(): string;
};

/** Holds back all output, which is where a function's log lines and metrics go. */
export function holdOutput(): HeldOutput {
  let held = "";
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  const hold: Write = (chunk: Uint8Array | string, ...rest: readonly unknown[]): boolean => {
    held += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    const done = rest.at(-1);
    if (typeof done === "function") done();
    return true;
  };
  for (const { stream } of streams) stream.write = hold;
  return {
    take() {
      const taken = held;
      held = "";
      return taken;
    },
    [Symbol.dispose]() {
      for (const { stream, write } of streams) stream.write = write;
    },
  };
}
