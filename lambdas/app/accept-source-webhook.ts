import { type Problem, problemAt } from "../domain/activity/problem.ts";
import { MOST_EVENTS } from "../domain/sources/entries.ts";
import { readFullstoryBody } from "../domain/sources/fullstory-body.ts";
import { readPosthogBody } from "../domain/sources/posthog-body.ts";
import { isJson, parseJson } from "./parse-json.ts";
import type { Products } from "./ports.ts";
import { type EventCounts, type QueueEventsPorts, queueEvents } from "./queue-events.ts";

const LARGEST_BODY_BYTES = 1_048_576;

export type AcceptSourceWebhookPorts = QueueEventsPorts & {
  readonly products: Products;
  /** Constant time, over the exact bytes; false without a secret, after the same work. */
  readonly verifyPosthog: (body: Uint8Array, proof: string | undefined, secrets: readonly string[]) => boolean;
  readonly verifyFullstory: (authorization: string | undefined, tokens: readonly string[]) => boolean;
};

export type SourceWebhook = {
  readonly productId: string;
  readonly contentType: string | undefined;
  /** `X-PostHog-Secret`. */
  readonly posthogProof: string | undefined;
  readonly authorization: string | undefined;
  /** The bytes that were signed. */
  readonly body: Uint8Array;
};

export type SourceWebhookAnswer =
  /** Every event that says something is durably queued. */
  | ({ readonly kind: "accepted" } & EventCounts)
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
  /** No source of this product, or no such product: the sender is not told which. */
  | { readonly kind: "unauthorized" }
  | { readonly kind: "too-large" }
  | { readonly kind: "not-json" }
  /** Some events are not queued. Sending the same body again is safe. */
  | { readonly kind: "unavailable" };

/** How each source's bodies are read. */
const sources = { posthog: readPosthogBody, fullstory: readFullstoryBody } as const;

/**
 * Takes a webhook of an analytics tool: verify, parse, extract, enqueue. It is the tool's own server that speaks, so its
 * times and what it says of the user are believed.
 *
 * @throws what {@link Products.find} throws.
 */
export async function acceptSourceWebhook(
  ports: AcceptSourceWebhookPorts,
  request: SourceWebhook,
): Promise<SourceWebhookAnswer> {
  const { telemetry } = ports;
  if (request.body.byteLength > LARGEST_BODY_BYTES) return { kind: "too-large" };
  if (!isJson(request.contentType)) return { kind: "not-json" };

  const product = await ports.products.find(request.productId);
  const source = sourceOf(ports, request, product?.secrets ?? {});
  if (!product || !source) {
    // The id of a product that we know, or none: what a stranger sends does not belong in a log.
    telemetry.warn("source.unauthorized", { product_id: product?.productId });
    return { kind: "unauthorized" };
  }
  const json = parseJson(request.body);
  if ("reason" in json) return invalid(json.reason);
  const events = sources[source](json.value);
  if (!events) return invalid(`has none of the shapes of ${source}`);
  if (events.length > MOST_EVENTS) return invalid(`must hold at most ${MOST_EVENTS} events`);
  const counts = await queueEvents(ports, product, events, { user: true, email: true, clock: true });
  return counts === "unavailable" ? { kind: "unavailable" } : { kind: "accepted", ...counts };
}

/** Both proofs are always looked at: the time taken says nothing about which sources a product has. */
function sourceOf(
  { verifyPosthog, verifyFullstory }: AcceptSourceWebhookPorts,
  { body, posthogProof, authorization }: SourceWebhook,
  secrets: Readonly<Partial<Record<"sources/posthog-secret" | "sources/fullstory-token", readonly string[]>>>,
): keyof typeof sources | undefined {
  const posthog = verifyPosthog(body, posthogProof, secrets["sources/posthog-secret"] ?? []);
  const fullstory = verifyFullstory(authorization, secrets["sources/fullstory-token"] ?? []);
  if (posthog) return "posthog";
  return fullstory ? "fullstory" : undefined;
}

function invalid(reason: string): SourceWebhookAnswer {
  return { kind: "invalid", problems: [problemAt([], reason)] };
}
