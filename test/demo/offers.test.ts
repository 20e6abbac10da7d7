import { describe, expect, it } from "vitest";
import { documentWarnings } from "../../cli/document-warnings.ts";
import { evaluateFirst } from "../../lambdas/domain/proactive/evaluate.ts";
import { configurationSchema, toConfiguration } from "../../lambdas/domain/product/configuration.ts";
import { hesitations } from "../../local/demo/hesitations.ts";
import { offersAt, patienceAt } from "../../local/demo/offers.ts";
import { timesAt } from "../../local/demo/pace.ts";
import { type RecordedBatch, recordedSession } from "../../local/demo/session.ts";
import { offerSentence } from "../../local/demo/watch-offers.ts";
import { contextAfter } from "../support/trigger-context.ts";

const documentAt = (speed: number) =>
  configurationSchema.parse({ intercom: { admin_id: "1" }, ...timesAt(speed), ...offersAt(speed) });

const firedAfter = (batches: readonly RecordedBatch[]) => {
  const visits = batches.flatMap(({ actions }) => actions.map(({ at, canonical_url: url }) => ({ url, atS: at })));
  return evaluateFirst(toConfiguration(documentAt(9)).proactive.offerings, contextAfter(visits));
};

describe("what the product of the story offers", () => {
  it.each([1, 9, 100])("is a document without a warning at speed %d", (speed) => {
    expect(documentWarnings(documentAt(speed))).toEqual([]);
  });

  it("waits for its user as long as in life at the pace of life, and never too short for a tap", () => {
    expect(patienceAt(1).waitS).toBe(20);
    expect(patienceAt(100).waitS).toBe(2);
  });

  it("is not called for by part one", () => {
    const after = recordedSession.batches.map((_, at) => firedAfter(recordedSession.batches.slice(0, at + 1)));

    expect(after.filter((fired) => fired !== null)).toEqual([]);
  });

  it.each(Object.values(hesitations))(
    "is called for by the hesitation of $user.name, with what is tapped",
    (played) => {
      const fired = firedAfter(played.batches);

      expect(fired?.chips.map(({ label }) => label)).toEqual(expect.arrayContaining(played.taps.slice(0, 1)));
      expect(fired?.hit.timings.interactionTimeoutMs).toBeCloseTo(20_000 / 9);
    },
  );
});

describe("of an offer, the story tells", () => {
  const event = { session_id: "s", kind: "help", reason: "", by: "", flow_id: "", late_ms: 0 } as const;

  it.each([
    [
      "why it is dropped",
      { type: "offer.suppressed", reason: "late" },
      "Omar is offered nothing: Intercom did not take it in time",
    ],
    ["how late it was over", { type: "offer.ignored", late_ms: 12 }, "unanswered for 2.2 s, ended 12 ms after that"],
    ["which tour is launched", { type: "tour.launched", flow_id: "export" }, "the tour “export” is launched"],
  ] as const)("%s", (_, happened, told) => {
    expect(offerSentence({ ...event, ...happened }, "Omar", 2_222)).toContain(told);
  });

  it("nothing that is seen in the Messenger", () => {
    expect(offerSentence({ ...event, type: "offer.shown" }, "Omar", 2_222)).toBeUndefined();
  });
});
