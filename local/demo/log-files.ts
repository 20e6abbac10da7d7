import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { LocalCloud } from "../boot.ts";
import type { LogLine } from "../log.ts";

/**
 * Writes what the functions log into a file for each of them, from the boot on. Files of an earlier run are replaced.
 *
 * @returns how to stop; resolves when everything is written.
 */
export function writeLogs(logs: LocalCloud["logs"], directory: string): () => Promise<void> {
  mkdirSync(directory, { recursive: true });
  const files = new Map<string, WriteStream>();

  function write({ functionId, line }: LogLine): void {
    const file = files.get(functionId) ?? createWriteStream(join(directory, `${functionId}.log`));
    files.set(functionId, file);
    file.write(`${line}\n`);
  }

  const stop = logs.onLine(write);
  for (const line of logs.lines()) write(line);
  return async () => {
    stop();
    await Promise.all([...files.values()].map((file) => new Promise<void>((resolve) => file.end(resolve))));
  };
}
