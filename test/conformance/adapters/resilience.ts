import type { Outcome } from "../../../lambdas/domain/actor/outcome.ts";
import {
  afterFailure,
  type Circuit,
  type CircuitLimits,
  circuitAt,
  closedCircuit,
  defaultCircuitLimits,
  effectOnCircuit,
} from "../../../lambdas/domain/proactive/circuit-breaker.ts";
import type { ProductConfiguration } from "../../../lambdas/domain/product/configuration.ts";
import { productWith } from "../../support/product.ts";
import type { Adapters, Input } from "../adapter.ts";

const ms = (seconds: number): number => seconds * 1_000;
const s = (milliseconds: number): number => milliseconds / 1_000;

/** What came of a call, in our words. A call that was cancelled is one that was not made. */
const outcomes: ReadonlyMap<string, Outcome["kind"]> = new Map([
  ["success", "settled"],
  ["transport_error", "failed"],
  ["timeout", "uncertain"],
  ["rate_limited", "paused"],
  ["validation_error", "rejected"],
  ["cancelled", "absent"],
]);

function effectOf(outcome: string) {
  const kind = outcomes.get(outcome);
  if (!kind) throw new RangeError("there is no such outcome");
  return effectOnCircuit(kind);
}

function limitsFrom({ failureThreshold, pauseS, disabled }: Input): CircuitLimits {
  return {
    failureThreshold: disabled ? 0 : (failureThreshold ?? defaultCircuitLimits.failureThreshold),
    pauseMs: pauseS === undefined ? defaultCircuitLimits.pauseMs : ms(pauseS),
  };
}

function circuitBreakerSequence({ now, config, ops }: Input) {
  const limits = limitsFrom(config);
  let clock = ms(now);
  let circuit: Circuit = closedCircuit;

  const isOpen = (at: number): boolean => {
    circuit = circuitAt(circuit, at);
    return circuit.openUntil !== null;
  };
  const fail = (at: number): boolean => {
    const failure = afterFailure(circuit, limits, at);
    circuit = failure.circuit;
    return failure.opened;
  };
  const succeed = (): null => {
    circuit = closedCircuit;
    return null;
  };
  const run = (op: Input): boolean | null => {
    const at = op.now === undefined ? clock : ms(op.now);
    switch (op.op) {
      case "advance":
        clock += ms(op.s);
        return null;
      case "isOpen":
        return isOpen(at);
      case "recordFailure":
        return fail(at);
      case "recordSuccess":
        return succeed();
      case "outcome": {
        const effect = effectOf(op.outcome);
        if (effect === "none") return null;
        return effect === "failure" ? fail(at) : succeed();
      }
      default:
        throw new Error(`no adapter knows the operation ${op.op}`);
    }
  };

  return ops.map((op: Input) => {
    const result = run(op);
    const { failStreak, openUntil } = circuit;
    return { result, failStreak, circuitOpenUntil: openUntil === null ? null : s(openUntil) };
  });
}

/** A product that configures nothing. A threshold of 0 is our way to disable the circuit, null to have no limit. */
function defaultsOf({ minIntervalMs, limits }: ProductConfiguration["proactive"]) {
  return {
    surfaceId: "intercom",
    failureThreshold: defaultCircuitLimits.failureThreshold,
    pauseS: s(defaultCircuitLimits.pauseMs),
    disabled: defaultCircuitLimits.failureThreshold === 0,
    minIntervalSeconds: s(minIntervalMs),
    maxAttemptsPerProductPerMinute: limits.productPerMinute ?? 0,
    maxPerSessionPerHour: limits.sessionPerHour ?? 0,
    maxPerUserPerDay: limits.userPerDay ?? 0,
  };
}

export const resilienceAdapters: Adapters = {
  circuitBreakerSequence: { run: circuitBreakerSequence },
  outcomeCountsTowardCircuit: { run: ({ outcome }) => effectOf(outcome) === "failure" },
  resilienceDefaults: {
    run: () => defaultsOf(productWith().configuration.proactive),
  },
};
