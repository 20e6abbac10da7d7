import type { ModelRequest } from "../domain/language/model-request.ts";
import type { Completion, LanguageModel } from "./language-ports.ts";
import { type Product, RetryableError, type Telemetry, TerminalError } from "./ports.ts";
import { type RetryPorts, withRetries } from "./with-retries.ts";

export type AskPorts = RetryPorts & { readonly model: LanguageModel; readonly telemetry: Telemetry };

/** A request that has less time than this comes to nothing but a bill. */
const SHORTEST_REQUEST_MS = 1_000;

/** Why a model gave nothing: in the port's words, or that it broke the port's contract, or was not asked in time. */
type ModelFailure = {
  readonly failed: RetryableError["reason"] | TerminalError["reason"] | "broken" | "late";
};

/**
 * Asks a language model, and again while that may help and there is time. A request has the product's `language.timeoutMs`,
 * or what is left where that is less. What each costs is counted: requests, tokens in and out, time; and what became of
 * those that failed.
 *
 * @param patience `until`: from then on nobody waits any more, ms. No request ends later.
 * @returns never rejects for what a model does
 */
export async function askModel(
  ports: AskPorts,
  product: Product,
  request: ModelRequest,
  { until }: { readonly until: number },
): Promise<Completion | ModelFailure> {
  if (ports.clock.now() + SHORTEST_REQUEST_MS > until) return { failed: "late" };
  try {
    return await withRetries(ports, { until, callTimeoutMs: SHORTEST_REQUEST_MS }, () => {
      const timeoutMs = Math.min(product.configuration.language.timeoutMs, until - ports.clock.now());
      return askOnce(ports, product, request, timeoutMs);
    });
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}

async function askOnce(
  { model, telemetry, clock }: AskPorts,
  product: Product,
  request: ModelRequest,
  timeoutMs: number,
): Promise<Completion> {
  const { productId } = product;
  const startedAt = clock.now();
  telemetry.count("model.asked", productId);
  try {
    const completion = await model.complete(product, request, { timeoutMs });
    telemetry.count("model.tokens_in", productId, completion.tokensIn);
    telemetry.count("model.tokens_out", productId, completion.tokensOut);
    return completion;
  } catch (error) {
    const reason = reasonOf(error);
    telemetry.count(reason === "unauthorized" ? "model.unauthorized" : "model.failed", productId);
    const fields = { product_id: productId, task: request.task, reason };
    if (reason === "broken") telemetry.error("language model broke its contract", fields, error);
    else telemetry.warn("language model failed", fields);
    throw error;
  } finally {
    telemetry.measure("model.latency", productId, clock.now() - startedAt);
  }
}

function reasonOf(error: unknown): ModelFailure["failed"] {
  return error instanceof RetryableError || error instanceof TerminalError ? error.reason : "broken";
}
