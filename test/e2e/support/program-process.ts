import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** An npm script without npm, in a process group of its own: as a terminal does it, and so that all it starts is found. */
export type Program = {
  /** Of its output and its errors. */
  readonly lines: readonly string[];
  /** Resolves with the first line that matches. @throws Error when the program ends without such a line. */
  line(pattern: RegExp): Promise<string>;
  /** What Ctrl-C does in a terminal: everything in the group hears of it. */
  interrupt(): void;
  kill(): void;
  readonly exit: Promise<number | null>;
  /** Whether it, or anything that it started, still runs. */
  isAlive(): boolean;
};

/**
 * @param entry the file that the script runs.
 * @param temporary a folder for its temporary files.
 */
export function programProcess(entry: string, flags: readonly string[], temporary: string): Program {
  const child = spawn(process.execPath, [entry, ...flags], {
    detached: true,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const group = child.pid ?? Number.NaN;
  const lines: string[] = [];
  const readers = [child.stdout, child.stderr].map((input) => createInterface({ input }));
  for (const reader of readers) reader.on("line", (line) => lines.push(line));
  const ended = once(child, "close");
  return {
    lines,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (line: string) => pattern.test(line) && resolve(line);
        lines.forEach(look);
        for (const reader of readers) reader.on("line", look);
        ended.then(() => reject(new Error(`No line matches ${pattern}:\n${lines.join("\n")}`)));
      }),
    interrupt: () => void signal(group, "SIGINT"),
    kill: () => void signal(group, "SIGKILL"),
    exit: ended.then(([code]) => code),
    isAlive: () => runs(group),
  };
}

function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, name);
  } catch {
    return false;
  }
}

function runs(group: number): boolean {
  if (!signal(group, 0)) return false;
  if (!existsSync("/proc/self/stat")) return true;
  return readdirSync("/proc").some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    const [state, , itsGroup] = statusOf(entry);
    // A zombie has ended: its number waits for an init process, which containers may lack.
    return state !== undefined && state !== "Z" && Number(itsGroup) === group;
  });
}

/** State, parent and group of a process (proc_pid_stat(5)); empty when it has gone meanwhile. */
function statusOf(pid: string): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ", 3);
  } catch {
    return [];
  }
}
