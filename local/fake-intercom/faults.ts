/** Faults on demand. The first one that is active and concerns the operation takes the request. */

export const faultNames = [
  /** 503. */
  "outage",
  /** 500. */
  "error-500",
  /** 502, and the request was applied. */
  "bad-gateway",
  /** 429; the reset is `delayMs` away. */
  "rate-limit",
  /** The answer comes `delayMs` late; the request was applied at once. */
  "slow",
  /** The connection is destroyed; nothing was applied. */
  "drop-before",
  /** The request is applied, then the connection is destroyed. */
  "drop-after",
  /** The request is applied and never answered. */
  "hang-after",
  /** 401. */
  "revoked-token",
  /** 403 with `code`, `api_plan_restricted` unless given. */
  "forbidden",
  /** 422 with `code`, `parameter_invalid` unless given. */
  "reject",
  /** 404 for a conversation that is younger than `delayMs`. */
  "conversation-lag",
  /** 200 with broken JSON; the request was applied. */
  "malformed",
] as const;

export type FaultName = (typeof faultNames)[number];

export type Fault = {
  readonly name: FaultName;
  /** How many requests it takes. Default: all. */
  readonly count?: number | undefined;
  /** How long it lasts, ms. Default: until cleared. */
  readonly durationMs?: number | undefined;
  /** What the fault's name says about a delay, ms. Default 2,000. */
  readonly delayMs?: number | undefined;
  /** What a refusal says, `conversation_part_not_redactable` or `action_forbidden` for one. */
  readonly code?: string | undefined;
  /**
   * Only requests of this operation: a name in routes.ts, or one for a kind of reply: `offer` (with chips), `comment`, and
   * `reply` for notes. Default: every operation.
   */
  readonly operation?: string | undefined;
};

export type ActiveFault = Pick<Fault, "name" | "code"> & { readonly delayMs: number };

export type FaultSwitch = {
  add(fault: Fault, nowMs: number): void;
  clear(): void;
  /** @param concerns says whether this request meets a fault's own condition. */
  take(operation: string, nowMs: number, concerns: (fault: ActiveFault) => boolean): ActiveFault | undefined;
};

export function createFaultSwitch(): FaultSwitch {
  let active: (ActiveFault & { operation: string | undefined; left: number; readonly until: number })[] = [];
  return {
    add({ name, count = Infinity, durationMs = Infinity, delayMs = 2_000, code, operation }, nowMs) {
      active.push({ name, delayMs, code, operation, left: count, until: nowMs + durationMs });
    },
    clear() {
      active = [];
    },
    take(operation, nowMs, concerns) {
      active = active.filter((fault) => fault.left > 0 && nowMs < fault.until);
      const fault = active.find(
        (candidate) => (candidate.operation === undefined || candidate.operation === operation) && concerns(candidate),
      );
      if (fault !== undefined) fault.left -= 1;
      return fault;
    },
  };
}
