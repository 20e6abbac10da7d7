/** Faults on demand: the oldest that concerns the operation takes the request. */

export type FaultName =
  /** 503. */
  | "outage"
  /** The connection is cut, without an answer. */
  | "dropped"
  /** Held until it is released, then answered as if nothing were. */
  | "slow"
  /** A proxy's page, with a 200. */
  | "html"
  /** A 200 that ends in the middle of its JSON. */
  | "malformed"
  /** A 200 without a body. */
  | "no-body"
  /** A completion without a character. */
  | "empty"
  /** A completion of 50 KB. */
  | "huge"
  /** 429. */
  | "rate-limit"
  /** 400. */
  | "rejected"
  /** 401, or the 403 of AWS. */
  | "unauthorized"
  /** 404: there is no such model, or knowledge base. */
  | "unknown";

/** Faults under which the answer is late or odd, and has its form all the same. */
export type OddName = "slow" | "empty" | "huge";

export type Operation = "complete" | "retrieve";

export type Fault = {
  readonly name: FaultName;
  /** How many requests it takes. Default: all. */
  readonly count?: number;
  /** What a rate limit says in `Retry-After`. Default: nothing. */
  readonly retryAfterS?: number;
  /** Default: both. */
  readonly operation?: Operation;
};

export type ActiveFault = { readonly name: FaultName; readonly retryAfterS: number | undefined };

export type FaultSwitch = {
  add(fault: Fault): void;
  clear(): void;
  take(operation: Operation): ActiveFault | undefined;
};

export function createFaultSwitch(): FaultSwitch {
  let active: (ActiveFault & { readonly operation: Operation | undefined; left: number })[] = [];
  return {
    add({ name, count = Infinity, retryAfterS, operation }) {
      active.push({ name, retryAfterS, operation, left: count });
    },
    clear() {
      active = [];
    },
    take(operation) {
      active = active.filter(({ left }) => left > 0);
      const fault = active.find((candidate) => (candidate.operation ?? operation) === operation);
      if (fault) fault.left -= 1;
      return fault;
    },
  };
}
