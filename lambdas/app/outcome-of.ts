import type { Outcome } from "../domain/actor/outcome.ts";
import type { ProductConfiguration } from "../domain/product/configuration.ts";
import { RetryableError, TerminalError } from "./ports.ts";
import type { TurnPorts } from "./turn-ports.ts";

/** A limit without a moment of reset: Intercom enforces its limits in windows of ten seconds. */
const DEFAULT_LIMIT_MS = 10_000;

type Failure = Exclude<Outcome, { kind: "settled" | "absent" }>;
type Paused = Extract<Failure, { kind: "paused" }>;

const metricOf = {
  limited: "product.paused.limited",
  unauthorized: "product.paused.unauthorized",
  rejected: "call.rejected",
  gone: "call.gone",
  failed: "call.failed",
  uncertain: "call.uncertain",
} as const;

/**
 * The one place where an error of the chat platform becomes an outcome. A limit and refused credentials concern the
 * whole product, which is paused for all its sessions.
 */
export async function outcomeOf(
  error: unknown,
  ports: Pick<TurnPorts, "guards" | "clock" | "telemetry" | "configurationTtlMs">,
  productId: string,
  { delivery }: ProductConfiguration,
): Promise<Failure> {
  const counted = (failure: Exclude<Failure, Paused>): Failure => {
    ports.telemetry.count(metricOf[failure.kind], productId);
    return failure;
  };
  const pause = async (reason: "limited" | "unauthorized", forMs: number): Promise<Paused> => {
    const until = ports.clock.now() + forMs;
    ports.telemetry.count(metricOf[reason], productId);
    await ports.guards
      .setPause(productId, { until, reason })
      // The session waits all the same; the others will find out for themselves.
      .catch((cause) => ports.telemetry.warn("pause not shared", { product_id: productId, cause: nameOf(cause) }));
    return { kind: "paused", until };
  };
  if (error instanceof TerminalError) {
    if (error.reason === "unauthorized") return pause("unauthorized", ports.configurationTtlMs);
    return counted({ kind: error.reason });
  }
  if (error instanceof RetryableError) {
    if (error.reason === "limited") {
      return pause("limited", error.retryAfterMs ?? Math.min(DEFAULT_LIMIT_MS, delivery.retryMaxMs));
    }
    const { reason, retryAfterMs } = error;
    return counted(reason === "failed" ? { kind: reason, retryAfterMs } : { kind: reason });
  }
  ports.telemetry.error("chat platform broke its contract", { product_id: productId }, error);
  return counted({ kind: "uncertain" });
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : typeof cause;
}
