import { expect, it } from "vitest";
import { judgeSuspect, withdrawTrial } from "../../../lambdas/domain/actor/suspect.ts";

it("given a message without a record, then its first trial is put on record", () => {
  expect(judgeSuspect(null, "m1")).toEqual({ messageId: "m1", trials: 1 });
});

it("given a record of another message, then this one begins anew", () => {
  expect(judgeSuspect({ messageId: "m0", trials: 2 }, "m1")).toEqual({ messageId: "m1", trials: 1 });
});

it("given one trial that never ended, then there is a second; given two, then no more", () => {
  expect(judgeSuspect({ messageId: "m1", trials: 1 }, "m1")).toEqual({ messageId: "m1", trials: 2 });
  expect(judgeSuspect({ messageId: "m1", trials: 2 }, "m1")).toBe("quarantine");
});

it("given a trial that failed without a death, then only it is taken back", () => {
  expect(withdrawTrial({ messageId: "m1", trials: 2 })).toEqual({ messageId: "m1", trials: 1 });
  expect(withdrawTrial({ messageId: "m1", trials: 1 })).toBeNull();
  expect(withdrawTrial(null)).toBeNull();
});
