import { type Push, pushSchema } from "../domain/activity/push.ts";
import { loggedId } from "../domain/actor/logged-id.ts";
import { isOverdue, retryDelayMs } from "../domain/actor/retry.ts";
import { giveBack } from "./give-back.ts";
import { RetryableError, TerminalError } from "./ports.ts";
import type { PushPorts } from "./push-ports.ts";
import { quarantine } from "./quarantine.ts";
import type { Delivery } from "./turn-ports.ts";

/** As notes are retried by default. */
const RETRY = { retryInitialMs: 1_000, retryMaxMs: 300_000 } as const;
const GIVE_UP = { giveUpAfterMs: 86_400_000 } as const;

/** What an endpoint may take, and what may have to be told to AWS afterwards. */
const DELIVERY_MS = 15_000;

/**
 * Delivers the pushes of a batch: sessions at the same time, each in order. What the endpoint does not take is tried
 * again after a growing while, and what came after it in its session waits for it; after a day it becomes a dead letter.
 *
 * @returns the ids of the messages that must come again
 */
export async function deliverPushes(
  ports: PushPorts,
  deliveries: readonly Delivery[],
  remainingMs: () => number,
): Promise<readonly string[]> {
  const groups = [...Map.groupBy(deliveries, ({ group }) => group).values()];
  const failed = await Promise.all(groups.map((group) => deliverInOrder(ports, group, remainingMs)));
  return failed.flat().map(({ messageId }) => messageId);
}

/** Resolves to what is not done. */
async function deliverInOrder(
  ports: PushPorts,
  group: readonly Delivery[],
  remainingMs: () => number,
): Promise<readonly Delivery[]> {
  for (const [at, delivery] of group.entries()) {
    const waiting = group.slice(at);
    // What was not tried comes again at once, to a worker that has the time.
    if (remainingMs() < DELIVERY_MS) return giveBack(ports, waiting, 0);
    try {
      await deliver(ports, delivery);
    } catch (cause) {
      const wishedMs = cause instanceof RetryableError ? cause.retryAfterMs : undefined;
      const delayS = Math.ceil(retryDelayMs(RETRY, delivery.receives, ports.random.unit(), wishedMs) / 1_000);
      ports.telemetry.warn("push failed", {
        message_id: delivery.messageId,
        receives: delivery.receives,
        delay_s: delayS,
        problem: cause instanceof Error ? cause.message : typeof cause,
      });
      return giveBack(ports, waiting, delayS);
    }
  }
  return [];
}

/** @throws RetryableError, TerminalError when it must come again */
async function deliver(ports: PushPorts, delivery: Delivery): Promise<void> {
  const { clock, endpoint, products, telemetry } = ports;
  const push = read(delivery.body);
  if (!push) return quarantine(ports, delivery, "the message is no push");
  const { productId } = push.actor;
  const fields = fieldsOf(push);
  const product = await products.find(productId);
  const url = product?.configuration.push.url;
  if (!url) {
    telemetry.info("push.unwanted", { ...fields, reason: "the product names no endpoint" });
    return;
  }
  try {
    await endpoint.deliver({ url, secrets: product.secrets["push/secret"] ?? [] }, push);
  } catch (cause) {
    if (cause instanceof TerminalError) {
      telemetry.count("push.dropped", productId);
      telemetry.warn("push.dropped", { ...fields, reason: cause.message });
      return;
    }
    telemetry.count("push.failed", productId);
    if (!isOverdue(push.at, GIVE_UP, clock.now())) throw cause;
    await quarantine(ports, delivery, "the product's endpoint did not take it for a day");
    telemetry.count("push.given_up", productId);
    return;
  }
  telemetry.count("push.delivered", productId);
  telemetry.measure("push.waited", productId, Math.max(0, clock.now() - push.at));
  telemetry.info("push.delivered", fields);
}

function read(body: string): Push | undefined {
  try {
    return pushSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function fieldsOf({ id, actor: { productId, sessionId }, payload: { type } }: Push) {
  return { product_id: productId, session_id: loggedId(sessionId), push_id: id, kind: type };
}
