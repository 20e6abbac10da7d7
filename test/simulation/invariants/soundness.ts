import type { Invariant } from "./invariant.ts";

/** Reports that tell of a fault of our own, whatever the world did. */
const OURS = new Set(["chat platform broke its contract", "deadline unreadable"]);

/** No code path ends in an error that is none of the ports' two. */
export const soundness: Invariant = {
  name: "nothing throws what it must not",
  watch: ({ history, scenario }) => ({
    during: () =>
      history.reports
        .splice(0)
        .filter(({ event, cause }) => {
          if (event === "note.rows_missing") return scenario.deployment.ttl.rows === "never";
          const name = cause instanceof Error ? cause.name : "RetryableError";
          return OURS.has(event) || (name !== "RetryableError" && name !== "TerminalError");
        })
        .map(({ event, cause }) => `${event}: ${cause instanceof Error ? (cause.stack ?? cause.message) : ""}`),
  }),
};
