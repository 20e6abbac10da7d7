export type LogLine = {
  readonly atMs: number;
  /** Logical id of the function. */
  readonly functionId: string;
  readonly stream: "stdout" | "stderr";
  readonly line: string;
};

/** What the functions wrote, in the order in which it arrived. */
export type Log = {
  write(line: LogLine): void;
  lines(): readonly LogLine[];
  /** Tells of each line from now on. Returns the way to stop. */
  onLine(listener: (line: LogLine) => void): () => void;
};

/** A demo that runs for days must not keep all it ever said. */
const keptLines = 10_000;

export function createLog(): Log {
  const lines: LogLine[] = [];
  const listeners = new Set<(line: LogLine) => void>();
  return {
    write(line) {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      for (const listener of listeners) listener(line);
    },
    lines: () => lines,
    onLine(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
