import type { CrashPoint } from "./crash.ts";
import type { Crash, Ending } from "./crash-table.ts";

export const survived = (crash: Crash): boolean => crash.reached && endingOf(crash) !== undefined;

/** What the crash's ending is called; undefined when it is none of those expected. */
export function endingOf({ found, expected }: Crash): string | undefined {
  const isFound = (ending: Ending) => ending.length === found.length && ending.every((fact, at) => fact === found[at]);
  return Object.keys(expected).find((name) => isFound(expected[name] ?? []));
}

/** The table of a story's crashes, a line a step, and below it what happened where one was not survived. */
export function crashReport(name: string, crashes: readonly Crash[]): string {
  const order = Map.groupBy(crashes, ({ point: { step, nth } }) => (nth === 1 ? step : `${step} (${nth})`));
  const rows = [...order].map(([step, row]) => line(step, verdict("before", row), verdict("after", row)));
  const lost = crashes.filter((crash) => !survived(crash));
  return [
    `\nKilled in ${name}: ${crashes.length - lost.length} of ${crashes.length} crash points survived`,
    line("step", "killed before", "killed after"),
    ...rows,
    ...lost.flatMap(({ point, found, trace }) => [
      `\n${point.moment} ${point.step} (${point.nth}):`,
      ...found,
      ...trace,
    ]),
    "",
  ].join("\n");
}

function line(step: string, before: string, after: string): string {
  return `  ${step.padEnd(24)} ${before.padEnd(18)} ${after}`;
}

function verdict(moment: CrashPoint["moment"], row: readonly Crash[]): string {
  const crash = row.find(({ point }) => point.moment === moment);
  if (!crash?.reached) return "not reached";
  return endingOf(crash) ?? "NOT SURVIVED";
}
