import type { ModelRequest } from "../domain/language/model-request.ts";
import type { Completion, LanguageModel } from "./language-ports.ts";
import { type Product, RetryableError, type Telemetry, TerminalError } from "./ports.ts";
import { type RetryPorts, withRetries } from "./with-retries.ts";

export type AskPorts = RetryPorts & { readonly model: LanguageModel; readonly telemetry: Telemetry };

/** Why a model gave nothing: in the port's words, or that it broke the port's contract, or was not asked in time. */
export type ModelFailure = {
  readonly failed: RetryableError["reason"] | TerminalError["reason"] | "broken" | "late";
};

/**
 * Asks a language model, and again while that may help and there is time. What each request costs is counted: requests,
 * tokens in and out, time; and what became of those that failed.
 *
 * @param patience `until`: from then on nobody waits any more, ms. No request begins that could end later.
 * @returns never rejects for what a model does
 */
export async function askModel(
  ports: AskPorts,
  product: Product,
  request: ModelRequest,
  { until }: { readonly until: number },
): Promise<Completion | ModelFailure> {
  const callTimeoutMs = product.configuration.language.timeoutMs;
  if (ports.clock.now() + callTimeoutMs > until) return { failed: "late" };
  try {
    return await withRetries(ports, { until, callTimeoutMs }, () => askOnce(ports, product, request));
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}

async function askOnce(
  { model, telemetry, clock }: AskPorts,
  product: Product,
  request: ModelRequest,
): Promise<Completion> {
  const { productId } = product;
  const startedAt = clock.now();
  telemetry.count("model.asked", productId);
  try {
    const completion = await model.complete(product, request);
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
