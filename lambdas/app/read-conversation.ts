import type { JobPorts } from "./job-ports.ts";
import { outcomeOf } from "./outcome-of.ts";
import { type Product, RetryableError, TerminalError, type Turn } from "./ports.ts";
import { withRetries } from "./with-retries.ts";

/**
 * Reads what was said in a conversation, as long as there is time: after a pause of the product, which a limit or refused
 * credentials begin here as they do in a turn.
 *
 * @param until all is over by then, ms
 * @returns why not, when the platform does not show it in time
 * @throws RetryableError when the platform does not know the conversation: a new one may not be known everywhere yet, and
 * the job comes again
 */
export async function readConversation(
  ports: JobPorts,
  product: Product,
  conversationId: string,
  until: number,
): Promise<readonly Turn[] | "paused" | "conversation unreadable"> {
  const { productId, configuration } = product;
  const patience = { until, callTimeoutMs: configuration.delivery.callTimeoutMs };
  try {
    return await withRetries(ports, patience, () => readOnce(ports, product, conversationId));
  } catch (cause) {
    if (cause instanceof TerminalError && cause.reason === "gone") {
      throw new RetryableError("failed", "the platform does not know the conversation", { cause });
    }
    ports.telemetry.error("conversation unreadable", { product_id: productId }, cause);
    const { reason } = cause instanceof RetryableError || cause instanceof TerminalError ? cause : { reason: null };
    return reason === "limited" || reason === "unauthorized" ? "paused" : "conversation unreadable";
  }
}

async function readOnce(ports: JobPorts, product: Product, conversationId: string): Promise<readonly Turn[]> {
  const { guards, clock, platform } = ports;
  const { productId, configuration } = product;
  const now = clock.now();
  const pause = await guards.pause(productId, now);
  if (pause) throw new RetryableError("limited", "the product is paused", { retryAfterMs: pause.until - now });
  try {
    return await platform.readTurns(product, conversationId);
  } catch (error) {
    await outcomeOf(error, ports, productId, configuration);
    throw error;
  }
}
