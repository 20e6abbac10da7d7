import { describe, expect, it } from "vitest";
import * as z from "zod";
import { eventTypes, undocumented } from "../../lambdas/domain/actor/event-schema.ts";
import { eventsJsonSchema, eventsPage, exampleEvent, rulePattern } from "../../scripts/events-page.ts";

describe("docs/events.md", () => {
  it("shows an event that is as documented, and that the rule for it selects", () => {
    expect(undocumented(exampleEvent["detail-type"], exampleEvent.detail)).toEqual([]);
    const pattern = rulePattern(exampleEvent["detail-type"]);
    expect(pattern.source).toContain(exampleEvent.source);
    expect(pattern["detail-type"]).toContain(exampleEvent["detail-type"]);
    expect(exampleEvent.detail).toMatchObject({
      product_id: pattern.detail.product_id[0],
      version: pattern.detail.version[0],
    });
  });

  it("has a section for each type, and says of each field what it means", () => {
    const page = eventsPage();
    for (const type of eventTypes) expect(page).toContain(`\n## ${type}\n`);
    const rows = page.split("\n").filter((line) => line.startsWith("| `"));
    expect(rows.length).toBeGreaterThan(eventTypes.length);
    expect(rows.filter((row) => !/^\| `[a-z_]+` \| \S.* \| [A-Z`].*\. ?.*\|$/.test(row))).toEqual([]);
  });
});

describe("docs/events.schema.json", () => {
  const published = z.fromJSONSchema(eventsJsonSchema());
  const refused = {
    source: "throughline",
    "detail-type": "link.refused",
    detail: { ...exampleEvent.detail, reason: "given up" },
  };

  it("accepts the example, with the fields that EventBridge adds", () => {
    expect(published.safeParse({ ...exampleEvent, id: "7bf73129", account: "123456789012" }).success).toBe(true);
  });

  it("accepts what a later release of the same version may add: a field, a reason", () => {
    expect(published.safeParse(refused).success).toBe(true);
    const later = { ...refused, detail: { ...refused.detail, reason: "a new one", tries: 2 } };
    expect(published.safeParse(later).success).toBe(true);
  });

  it("refuses an event that lacks a field, is of another version, or of no type", () => {
    const { reason: _, ...lacking } = refused.detail;
    expect(published.safeParse({ ...refused, detail: lacking }).success).toBe(false);
    expect(published.safeParse({ ...refused, detail: { ...refused.detail, version: "2" } }).success).toBe(false);
    expect(published.safeParse({ ...refused, "detail-type": "note.lost" }).success).toBe(false);
  });
});
