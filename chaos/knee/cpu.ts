import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { rounded } from "../../bench/statistics.ts";

/** CPU time used since some beginning, ms. */
export type CpuReading = {
  readonly atMs: number;
  /** Of all processors, and of that the time in which they did nothing. */
  readonly machine: { readonly total: number; readonly idle: number };
  /** Of this process, which plays AWS, Intercom and the senders. */
  readonly own: number;
  /** How long this process's main thread was ready to run, and had no processor. 0 where there is no /proc. */
  readonly ownWait: number;
  /** Of the functions' processes, by logical id. Empty where there is no /proc. */
  readonly functions: ReadonlyMap<string, number>;
  readonly loop: ReturnType<typeof performance.eventLoopUtilization>;
};

/** What was used between two readings: processors as multiples of one, shares in [0, 1]. */
export type CpuUse = {
  readonly idleShare: number;
  readonly loopShare: number;
  readonly own: number;
  readonly ownWaitShare: number;
  readonly functions: Readonly<Record<string, number>>;
  /** By processes that are not ours. */
  readonly others: number;
};

/** Linux counts in hundredths of a second, whatever its own tick is (proc_pid_stat(5), USER_HZ). */
const TICK_MS = 10;

const DIGITS = 3;

export function readCpu(): CpuReading {
  const times = cpus().map((one) => one.times);
  const idle = times.reduce((sum, one) => sum + one.idle, 0);
  const total = times.reduce((sum, one) => sum + one.user + one.nice + one.sys + one.irq + one.idle, 0);
  const { user, system } = process.cpuUsage();
  return {
    atMs: performance.now(),
    machine: { total, idle },
    own: (user + system) / 1_000,
    // Nanoseconds that it ran, and that it waited on a run queue (Linux, sched-stats).
    ownWait: Number(read("/proc/self/schedstat").split(" ")[1] ?? 0) / 1_000_000,
    functions: readFunctions(),
    loop: performance.eventLoopUtilization(),
  };
}

export function cpuBetween(before: CpuReading, after: CpuReading): CpuUse {
  const elapsed = after.atMs - before.atMs;
  const machine = after.machine.total - before.machine.total;
  const idle = after.machine.idle - before.machine.idle;
  const own = (after.own - before.own) / elapsed;
  const functions = Object.fromEntries(
    [...after.functions].map(([name, used]) => [
      name,
      rounded((used - (before.functions.get(name) ?? 0)) / elapsed, DIGITS),
    ]),
  );
  const ours = Object.values(functions).reduce((sum, used) => sum + used, own);
  return {
    idleShare: machine > 0 ? rounded(idle / machine, DIGITS) : 0,
    loopShare: rounded(performance.eventLoopUtilization(after.loop, before.loop).utilization, DIGITS),
    own: rounded(own, DIGITS),
    ownWaitShare: rounded((after.ownWait - before.ownWait) / elapsed, DIGITS),
    functions,
    others: rounded(Math.max(0, (machine - idle) / elapsed - ours), DIGITS),
  };
}

/** The functions' processes are this one's children; which is which stands in their environment. */
function readFunctions(): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  for (const pid of pids()) {
    const stat = read(`/proc/${pid}/stat`);
    const [, parent, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (Number(parent) !== process.pid) continue;
    const name = /(?:^|\0)AWS_ACCESS_KEY_ID=([^\0]+)/.exec(read(`/proc/${pid}/environ`))?.[1];
    if (name === undefined) continue;
    // Fields 14 and 15: user and system time.
    const ms = (Number(rest[9]) + Number(rest[10])) * TICK_MS;
    used.set(name, (used.get(name) ?? 0) + ms);
  }
  return used;
}

function pids(): readonly string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Empty when the process has gone meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
