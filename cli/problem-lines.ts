import type { Problem } from "../lambdas/domain/activity/problem.ts";

/** A line for each problem: where, and what. */
export function problemLines(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ path, reason }) => `  ${path}: ${reason}`);
}
