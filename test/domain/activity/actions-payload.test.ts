import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeActionsPayloads, parseActionsPayload } from "../../../lambdas/domain/activity/actions-payload.ts";
import { actionsPayloadText, summaryPayloadText } from "../../../lambdas/domain/activity/activity-text.ts";
import { parseSlimAction } from "../../../lambdas/domain/activity/parse-action.ts";
import { parseSummaryPayload } from "../../../lambdas/domain/activity/summary-payload.ts";
import { wireAction, wireBatch } from "../../support/wire.ts";

describe("reading activity", () => {
  it.each([null, undefined, false, 0, "", [], {}])("takes %j for nothing, where a field has a default", (nothing) => {
    const { title, timestamp_start } = parseSlimAction({ title: nothing, timestamp_start: nothing });
    expect({ title, timestamp_start }).toEqual({ title: "", timestamp_start: 0 });
  });

  it("keeps an empty id of an action, and of a batch only the conversation's", () => {
    expect(parseSlimAction({ user_id: "" }).user_id).toBe("");
    const empty = { session_id: "", user_id: "", email: "", conversation_id: "" };
    expect(parseActionsPayload(empty)).toMatchObject({
      session_id: null,
      user_id: null,
      email: null,
      conversation_id: "",
    });
  });

  it("reads again what it has read, to the same", () => {
    const read = parseActionsPayload(wireBatch({ user_id: "u", actions: [wireAction(), {}] }));
    expect(parseActionsPayload(JSON.parse(JSON.stringify(read)))).toEqual(read);
  });

  it.each([null, 1, "x", [1]])("refuses %j, which has no fields", (data) => {
    expect(() => parseSlimAction(data)).toThrow(TypeError);
    expect(() => parseActionsPayload(data)).toThrow(TypeError);
    expect(() => parseSummaryPayload(data)).toThrow(TypeError);
  });
});

describe("merging batches", () => {
  const batch = fc.record({
    user_id: fc.constantFrom("", "u1", "u2", null),
    forwarded_at: fc.nat(100),
    actions: fc.array(fc.record({ index: fc.nat(9), description: fc.string() })),
  });

  it("keeps every action in order, numbered from 0", () => {
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1 }), (batches) => {
        const merged = mergeActionsPayloads(batches.map(parseActionsPayload));
        const given = batches.flatMap(({ actions }) => actions);
        expect(merged.actions.map(({ index, description }) => [index, description])).toEqual(
          given.map(({ description }, index) => [index, description]),
        );
        expect(merged.count).toBe(given.length);
        expect(merged.user_id).toBe(batches.map(({ user_id }) => user_id).find(Boolean) ?? null);
        expect(merged.forwarded_at).toBe(Math.max(...batches.map(({ forwarded_at }) => forwarded_at)));
      }),
    );
  });

  it("needs one", () => {
    expect(() => mergeActionsPayloads([])).toThrow(RangeError);
  });
});

describe("activity as text", () => {
  it("has a headline and a line for each action", () => {
    const payload = parseActionsPayload(wireBatch({ actions: [wireAction({ index: 4 })] }));
    expect(actionsPayloadText(payload)).toBe(
      "Session s-1 — 1 actions\n[4] click: Clicked Export — https://app.example.com/reports/:id",
    );
  });

  it("is the summary itself where there is one", () => {
    expect(summaryPayloadText(parseSummaryPayload({ summary: " Looked around. " }))).toBe(" Looked around. ");
  });
});
