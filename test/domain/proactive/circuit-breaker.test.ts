import { describe, expect, it } from "vitest";
import {
  afterFailure,
  type Circuit,
  circuitAt,
  closedCircuit,
  defaultCircuitLimits,
  effectOnCircuit,
} from "../../../lambdas/domain/proactive/circuit-breaker.ts";
import { T0 } from "../../support/session.ts";

const failTimes = (times: number, from: Circuit = closedCircuit): Circuit =>
  Array.from({ length: times }).reduce<Circuit>(
    (circuit) => afterFailure(circuit, defaultCircuitLimits, T0).circuit,
    from,
  );

describe("a circuit", () => {
  it("given five failures in a row, then it is open for two minutes", () => {
    expect(failTimes(4)).toEqual({ failStreak: 4, openUntil: null });
    const open = failTimes(5);
    expect(open).toEqual({ failStreak: 0, openUntil: T0 + 120_000 });
    expect(circuitAt(open, T0 + 119_999)).toBe(open);
    expect(circuitAt(open, T0 + 120_000)).toEqual(closedCircuit);
  });

  it("given failures while it is open, then they count when its pause is over", () => {
    expect(circuitAt(failTimes(2, failTimes(5)), T0 + 120_000)).toEqual({ failStreak: 2, openUntil: null });
  });

  it("says which failure opened it", () => {
    const opened = (circuit: Circuit) => afterFailure(circuit, defaultCircuitLimits, T0).opened;
    expect([failTimes(3), failTimes(4), failTimes(5), failTimes(9)].map(opened)).toEqual([false, true, false, true]);
  });

  it("given a threshold of 0, then nothing opens it", () => {
    const failure = afterFailure(closedCircuit, { failureThreshold: 0, pauseMs: 1 }, T0);
    expect(failure).toEqual({ circuit: closedCircuit, opened: false });
  });
});

describe("an outcome", () => {
  it.each([
    ["settled", "success"],
    ["failed", "failure"],
    ["uncertain", "failure"],
    ["paused", "failure"],
    ["rejected", "none"],
    ["gone", "none"],
    ["absent", "none"],
  ] as const)("given that it is %s, then it is a %s to the circuit", (outcome, effect) => {
    expect(effectOnCircuit(outcome)).toBe(effect);
  });
});
