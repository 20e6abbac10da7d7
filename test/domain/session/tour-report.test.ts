import { describe, expect, it } from "vitest";
import { readTourReport, tourProgressEnvelope } from "../../../lambdas/domain/session/tour-report.ts";
import { T0 } from "../../support/session.ts";

const body = { product_id: "acme", session_id: "s1", progress: "step", flow_id: "tour-export", step: 2 } as const;

const problemsOf = (value: unknown) => {
  const read = readTourReport(value);
  return read.ok ? [] : read.problems;
};

describe("what a page says of a tour", () => {
  it.each(["started", "step", "completed", "dismissed", "reaction"])("may be no more than %s", (progress) => {
    expect(problemsOf({ product_id: "acme", session_id: "s1", progress, flow_id: null, step: null })).toEqual([]);
  });

  it.each([
    ["progress", undefined, "must be one of started, step, completed, dismissed, reaction"],
    ["flow_id", "", "must not be empty"],
    ["step", 0, "must be a whole number from 1 to 10000"],
    ["step", 1.5, "must be a whole number from 1 to 10000"],
    ["step", "2", "must be a whole number from 1 to 10000"],
    ["session_id", undefined, "must be text"],
    ["id", "i".repeat(257), "must have at most 256 characters"],
  ])("is told that %s must not be %j", (field, value, reason) => {
    expect(problemsOf({ ...body, [field]: value })).toEqual([{ path: field, reason }]);
  });
});

describe("the message to the session", () => {
  const idOf = (more: object = {}, acceptedAt = T0, userId?: string) =>
    tourProgressEnvelope({ ...body, ...more }, acceptedAt, userId).message.id;

  it("carries the progress, and the user only where they are vouched for", () => {
    expect(tourProgressEnvelope({ ...body, user_id: "mallory" }, T0, undefined)).toEqual({
      actor: { kind: "session", productId: "acme", sessionId: "s1" },
      message: {
        type: "tour-progress",
        id: idOf(),
        acceptedAt: T0,
        progress: "step",
        tourId: "tour-export",
        step: 2,
        vouchedUserId: undefined,
      },
    });
    expect(tourProgressEnvelope(body, T0, "jane").message).toMatchObject({ vouchedUserId: "jane" });
  });

  it("is one message within ten seconds, and news after them: the user may take a step twice", () => {
    expect(idOf({}, T0 + 9_999)).toBe(idOf());
    expect(idOf({}, T0 + 10_000)).not.toBe(idOf());
  });

  it("with an id is one message at any time, and another id is another", () => {
    expect(idOf({ id: "r1" }, T0 + 240_000)).toBe(idOf({ id: "r1" }));
    expect(idOf({ id: "r2" })).not.toBe(idOf({ id: "r1" }));
  });

  it("is another for whatever else it says", () => {
    const others = [
      { progress: "started" },
      { step: 3 },
      { step: null },
      { flow_id: "tour-invite" },
      { session_id: "s2" },
      { product_id: "b" },
    ].flatMap((more) => [idOf(more), idOf({ ...more, id: "r1" })]);
    expect(new Set([idOf(), idOf({}, T0, "jane"), idOf({ id: "r1" }), ...others]).size).toBe(15);
  });
});
