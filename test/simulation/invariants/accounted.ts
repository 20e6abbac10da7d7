import { account } from "./account.ts";
import type { Invariant } from "./invariant.ts";

/** The main one. */
export const accounted: Invariant = {
  name: "every accepted action is in a note, or a rule says why not",
  watch: (cloud) => ({ end: () => account(cloud).lost }),
};
