import type { SlimAction } from "./slim-action.ts";

/** One accepted batch in a session's append-only log. */
export type ActivityRow = {
  /** Counts from 1, without gaps. */
  readonly n: number;
  /** The batch's id. */
  readonly id: string;
  /** Milliseconds. */
  readonly acceptedAt: number;
  readonly actions: readonly SlimAction[];
};

/**
 * How long the row of a turn is kept for it, ms: that turn may still commit. More than a worker lives after it has loaded
 * (30 s), and than workers' clocks differ.
 */
export const ROW_HELD_MS = 120_000;
