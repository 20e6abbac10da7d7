import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { readPosthogEvent } from "../../../lambdas/domain/sources/posthog-event.ts";
import { toAction } from "../../../lambdas/domain/sources/to-action.ts";
import { rulesWith } from "../../support/extraction.ts";

const recordedSchema = z.object({
  event: z.string(),
  gesture: z.string().optional(),
  url: z.string(),
  chain: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  dropped: z.literal(true).optional(),
  type: z.string().optional(),
  title: z.string().optional(),
  sentence: z.string().optional(),
  canonical: z.string().optional(),
});

const table = new URL("../../fixtures/sources/recorded-events.json", import.meta.url);
const recorded = z.array(recordedSchema).parse(JSON.parse(readFileSync(table, "utf8")));

/** As autocapture sends it. */
function actionOf({ event, gesture, url, chain, properties }: z.infer<typeof recordedSchema>) {
  const own = { $event_type: gesture, $current_url: url, $elements_chain: chain, $session_id: "s", ...properties };
  const raw = readPosthogEvent({ event, distinct_id: "user-1", properties: own }, { sentAt: null, personEmail: "" });
  if (!raw) throw new Error(`No event of PostHog's: ${event}`);
  return toAction(raw, rulesWith());
}

describe("what an agent reads of an event", () => {
  it("is told by a table of at least sixty", () => {
    expect(recorded.length).toBeGreaterThanOrEqual(60);
  });

  it.each(recorded.filter(({ dropped }) => !dropped).map((entry) => [entry.sentence, entry] as const))(
    "%s",
    (sentence, entry) => {
      expect(actionOf(entry)).toMatchObject({
        description: sentence,
        type: entry.type,
        title: entry.title,
        canonical_url: entry.canonical,
      });
    },
  );

  it.each(recorded.filter(({ dropped }) => dropped).map((entry) => [entry.event, entry.chain, entry] as const))(
    "is nothing of a %s of %j",
    (_name, _chain, entry) => {
      expect(actionOf(entry)).toBeNull();
    },
  );
});
