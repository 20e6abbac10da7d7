import { idOf } from "../history.ts";
import type { Invariant } from "./invariant.ts";

/** A first delivery, and two trials on record: the fourth time a worker has it in hand, it is put aside. */
const RECEIVED_AT_LEAST = 4;

/** A message is put aside only when it failed too often, or workers did not come back from it. */
export const quarantine: Invariant = {
  name: "only what kills is put aside",
  watch: ({ actors, history }) => ({
    end: () =>
      actors
        .letters()
        .filter(({ reason, body }) => {
          if (reason === "received too often") return false;
          return reason !== "the worker died of it" || (history.receives.get(idOf(body)) ?? 0) < RECEIVED_AT_LEAST;
        })
        .map(({ group, reason }) => `a message of ${history.name(group)} was put aside: ${reason}`),
  }),
};
