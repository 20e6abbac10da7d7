import type { AwsCall, AwsError, Service } from "./aws-protocol.ts";

/**
 * What becomes of an intercepted request: it goes on, its connection is cut without an answer, or its caller is told
 * that it failed. A delay is an `act` that waits; a crash is an `act` that kills the caller and says "drop".
 */
export type Verdict = "pass" | "drop" | { readonly fail: AwsError };

export type Interception = {
  readonly caller?: string;
  readonly service?: Service;
  readonly operation?: string;
  readonly when?: (call: AwsCall) => boolean;
  /** Acts on the n-th matching request only, counted from 1. Unset: on each. */
  readonly nth?: number;
  /** `before`: the service has not seen the request. `after`: it has applied it, and the caller does not know yet. */
  readonly moment: "before" | "after";
  readonly act: (call: AwsCall) => Verdict | Promise<Verdict>;
};

export type ActiveInterception = {
  /** The first request that was acted on. */
  readonly struck: Promise<AwsCall>;
  /** Matching requests so far, acted on or not. */
  matches(): number;
  remove(): void;
};

export const throttling: Verdict = { fail: { code: "ThrottlingException", message: "Rate exceeded" } };

/** The interceptions in force, asked by the gateway at both moments of a request. */
export type Interceptions = {
  add(interception: Interception): ActiveInterception;
  /** The first verdict that is not "pass" wins. */
  judge(moment: Interception["moment"], call: AwsCall): Promise<Verdict>;
};

export function createInterceptions(): Interceptions {
  type Entry = { readonly rule: Interception; count: number; readonly strike: (call: AwsCall) => void };
  const entries = new Set<Entry>();

  function matches({ caller, service, operation, when }: Interception, call: AwsCall): boolean {
    return (
      (caller === undefined || caller === call.caller) &&
      (service === undefined || service === call.service) &&
      (operation === undefined || operation === call.operation) &&
      (when === undefined || when(call))
    );
  }

  return {
    add(rule) {
      const { promise: struck, resolve: strike } = Promise.withResolvers<AwsCall>();
      const entry: Entry = { rule, count: 0, strike };
      entries.add(entry);
      return { struck, matches: () => entry.count, remove: () => entries.delete(entry) };
    },
    async judge(moment, call) {
      for (const entry of [...entries]) {
        if (entry.rule.moment !== moment || !matches(entry.rule, call)) continue;
        entry.count += 1;
        if (entry.rule.nth !== undefined && entry.rule.nth !== entry.count) continue;
        entry.strike(call);
        const verdict = await entry.rule.act(call);
        if (verdict !== "pass") return verdict;
      }
      return "pass";
    },
  };
}
