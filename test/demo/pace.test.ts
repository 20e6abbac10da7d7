import { expect, it } from "vitest";
import { configurationSchema } from "../../lambdas/domain/product/configuration.ts";
import { pace, storyTime, timesAt, toClockMs, toStoryS } from "../../local/demo/pace.ts";

const configured = (times: object) => configurationSchema.parse({ intercom: { admin_id: "1" }, ...times });

it("a story that is told nine times as fast needs a ninth of its time", () => {
  const nine = pace(9, 1_000_000);

  expect(toClockMs(nine, 90)).toBe(1_010_000);
  expect(toStoryS(nine, 1_010_000)).toBe(90);
});

it.each([
  [0, 0, "00:00"],
  [125.96, 0, "02:05"],
  [125.96, 1, "02:05.9"],
  [59.99, 1, "00:59.9"],
  [-0.2, 0, "00:00"],
] as const)("%d s are told with %d digits as %s", (seconds, digits, text) => {
  expect(storyTime(seconds, digits)).toBe(text);
});

it("at the pace of life the product's times are the defaults", () => {
  expect(configured(timesAt(1))).toEqual(configured({}));
});

it("what spans the story shrinks with it, and the debounce does not", () => {
  const fast = configured(timesAt(10));

  expect(fast).toMatchObject({ pre_link_window_s: 12, bin_seconds: 0.3, post_link_debounce_s: 0.15 });
});

it.each([1, 9, 33.3, 100])("at speed %d the product's document is one that is accepted", (speed) => {
  expect(configurationSchema.safeParse({ intercom: { admin_id: "1" }, ...timesAt(speed) }).success).toBe(true);
});

it("however fast, the window outlasts a cold start", () => {
  expect(timesAt(100).pre_link_window_s).toBe(10);
});
