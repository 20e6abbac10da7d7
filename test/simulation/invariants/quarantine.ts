import type { Invariant } from "./invariant.ts";

/** A message is put aside only when it failed too often, or workers did not come back from it. */
export const quarantine: Invariant = {
  name: "only what kills is put aside",
  watch: ({ actors, history }) => ({
    end: () =>
      actors
        .letters()
        .filter(({ reason }) => reason !== "received too often" && reason !== "the worker died of it")
        .map(({ group, reason }) => `a message of ${history.name(group)} was put aside: ${reason}`),
  }),
};
