import { isCalm } from "./calm.ts";
import type { Invariant } from "./invariant.ts";

/** AWS requests for a batch in a turn and a note of its own, alarm and wake included; for a webhook; for a start. */
const FOR_A_BATCH = 24;
const FOR_A_WEBHOOK = 12;
const FOR_A_START = 30;
/** For a job, and for the turn that its result leads to, with the notes that go by tens. */
const FOR_A_JOB = 40;

/** Where nothing goes wrong, work is bounded by what happens. */
export const budget: Invariant = {
  name: "requests keep to the budget",
  watch: ({ scenario, history, language }) => ({
    end: () => {
      const { happenings } = scenario;
      if (!isCalm(scenario)) return [];
      const sent = happenings.flatMap((one) => ("againMs" in one ? [one, ...one.againMs] : [])).length;
      const limit =
        FOR_A_START +
        FOR_A_BATCH * Math.max(history.batches.size, sent) +
        FOR_A_WEBHOOK * sent +
        FOR_A_JOB * language.jobs.size;
      const made = [...history.requests.values()].reduce((sum, count) => sum + count, 0);
      return made > limit ? [`${made} requests where ${limit} are allowed`] : [];
    },
  }),
};
