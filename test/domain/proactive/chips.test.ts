import { describe, expect, it } from "vitest";
import { chipsOf, configuredChips, tourOf, withRegisteredTours } from "../../../lambdas/domain/proactive/chips.ts";

describe("chips of messages", () => {
  it("are called by their place where they have no id, whatever stands between", () => {
    const chips = chipsOf([{ label: " " }, null, { label: "Show me" }, { id: 7, label: "Later" }]);
    expect(chips.map(({ id, label }) => [id, label])).toEqual([
      ["msg_2", "Show me"],
      ["7", "Later"],
    ]);
  });

  it("have the tour of the newer names where these are there, even when they say nothing", () => {
    const older = { offers_tour: true, flow_id: "old" };
    expect(
      chipsOf([
        { label: "a", ...older },
        { label: "b", ...older, user_tour_exists: null, user_tour_id: null },
        { label: "c", ...older, user_tour_id: 42 },
      ]).map(({ offersTour, tourId }) => [offersTour, tourId]),
    ).toEqual([
      [true, "old"],
      [false, null],
      [true, "42"],
    ]);
  });

  it("are found in a list of entries and in the older single object", () => {
    const messages = [{ id: "a", label: "A" }];
    expect(configuredChips([{ messages }, { messages }])).toHaveLength(2);
    expect(configuredChips({ messages })).toEqual(chipsOf(messages));
    expect(configuredChips(undefined)).toEqual([]);
  });
});

describe("the tour of a chip", () => {
  it.each([
    [{ offersTour: true, tourId: "t" }, "d", "t"],
    [{ offersTour: true, tourId: null }, "d", "d"],
    [{ offersTour: true, tourId: null }, null, ""],
    [{ offersTour: false, tourId: "t" }, "d", null],
  ])("is, of %j where the product's is %j, %j", (chip, defaultTourId, tour) => {
    expect(tourOf(chip, defaultTourId)).toBe(tour);
  });

  it("is the one that the registry calls by the chip's id, where the chip names none", () => {
    const tours = [{ id: "new-project", tourId: "flow-1", name: null, timings: {} }];
    const chip = { id: "new-project", label: "Show me", offersTour: true };
    const named = withRegisteredTours(
      [
        { ...chip, tourId: null },
        { ...chip, tourId: "own" },
        { ...chip, id: "other", tourId: null },
      ],
      tours,
    );
    expect(named.map(({ tourId }) => tourId)).toEqual(["flow-1", "own", null]);
  });
});
