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
