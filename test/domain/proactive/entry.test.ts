import { describe, expect, it } from "vitest";
import { chipsOfHit } from "../../../lambdas/domain/proactive/entry.ts";

const chip = (id: string) => ({ id, label: id, offersTour: false, tourId: null });
const entry = (criteriaId: string, ...chips: readonly string[]) => ({
  id: `entry of ${criteriaId}`,
  name: "An entry",
  criteria: { id: criteriaId, name: "Criteria", type: "url_change" } as const,
  chips: chips.map(chip),
});
const configured = { entries: [entry("canonical_url_ping_pong", "a", "b"), entry("c", "c")], olderChips: [] };
const hit = { triggerId: "canonical_url_ping_pong", replyOptionLabels: [] };

describe("a trigger that fires", () => {
  it("offers the labels that it brings along", () => {
    const labels = chipsOfHit({ ...hit, replyOptionLabels: ["Yes", "Later"] }, configured).map(({ label }) => label);
    expect(labels).toEqual(["Yes", "Later"]);
  });

  it("else offers the chips of the entry whose criteria have its id", () => {
    expect(chipsOfHit(hit, configured)).toEqual([chip("a"), chip("b")]);
  });

  it("else offers the chips of the older form, which has no criteria", () => {
    expect(chipsOfHit(hit, { entries: [], olderChips: [chip("old")] })).toEqual([chip("old")]);
    expect(chipsOfHit({ ...hit, triggerId: "user_page_dwell" }, configured)).toEqual([]);
  });
});
