import type { Change } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";

/** Looks at one play. What each returns is wrong, in words. */
export type Watch = {
  /** Whenever a session's item has changed. */
  readonly change?: (change: Change) => readonly string[];
  /** As often as that, and at the end. */
  readonly during?: () => readonly string[];
  /** When everything should have settled. */
  readonly end?: () => readonly string[];
};

export type Invariant = { readonly name: string; readonly watch: (cloud: Cloud) => Watch };
