import { toActionsEnvelopes } from "../domain/activity/action-batch.ts";
import { type Problem, problemAt } from "../domain/activity/problem.ts";
import { type ReadBatches, readBatches } from "../domain/activity/read-batches.ts";
import { isJson, parseJson } from "./parse-json.ts";
import type { Clock, Mailbox, Products, Telemetry } from "./ports.ts";

const LARGEST_BODY_BYTES = 1_048_576;

export type AcceptActionsPorts = {
  readonly products: Products;
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Constant time, over the exact bytes; false without a secret, after the same work. */
  readonly verifySignature: (body: Uint8Array, signature: string | undefined, secrets: readonly string[]) => boolean;
};

export type ActionsRequest = {
  readonly productId: string;
  readonly contentType: string | undefined;
  readonly signature: string | undefined;
  /** The bytes that were signed. */
  readonly body: Uint8Array;
};

export type ActionsAnswer =
  /** Every batch is durably queued. */
  | { readonly kind: "accepted"; readonly batchIds: readonly string[] }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
  /** Wrong or missing signature, or no such product: the sender is not told which. */
  | { readonly kind: "unauthorized" }
  | { readonly kind: "too-large" }
  | { readonly kind: "not-json" }
  /** Some batches are not queued. Sending the same body again is safe: batches that are queued keep their ids. */
  | { readonly kind: "unavailable" };

/**
 * Takes a body of action batches: verify, parse, cut, enqueue, and nothing else. All batches go to the mailbox in one
 * call, which never queues one of a session after another of it that failed: a retry keeps the order.
 *
 * @throws what {@link Products.find} throws.
 */
export async function acceptActions(ports: AcceptActionsPorts, request: ActionsRequest): Promise<ActionsAnswer> {
  const { telemetry } = ports;
  if (request.body.byteLength > LARGEST_BODY_BYTES) return { kind: "too-large" };
  if (!isJson(request.contentType)) return { kind: "not-json" };

  const product = await ports.products.find(request.productId);
  const signed = ports.verifySignature(request.body, request.signature, product?.secrets["ingest/secret"] ?? []);
  if (!product || !signed) {
    // The id of a product that we know, or none: what a stranger sends does not belong in a log.
    telemetry.warn("actions.unauthorized", { product_id: product?.productId });
    return { kind: "unauthorized" };
  }

  const { productId } = product;
  const read = readBody(productId, request.body);
  if (!read.ok) {
    telemetry.warn("actions.invalid", { product_id: productId, problems: read.problems.length });
    telemetry.count("actions.invalid", productId);
    return { kind: "invalid", problems: read.problems };
  }
  const acceptedAt = ports.clock.now();
  const envelopes = toActionsEnvelopes(read.payloads, { productId, rawBody: request.body, acceptedAt });
  const queued = await ports.mailbox.send(envelopes);
  telemetry.count("batches.accepted", productId, queued.size);
  if (queued.size < envelopes.length) {
    telemetry.error("actions.not_queued", { product_id: productId, batches: envelopes.length, queued: queued.size });
    return { kind: "unavailable" };
  }
  return { kind: "accepted", batchIds: envelopes.map(({ message }) => message.id) };
}

function readBody(productId: string, bytes: Uint8Array): ReadBatches {
  const json = parseJson(bytes);
  return "reason" in json ? { ok: false, problems: [problemAt([], json.reason)] } : readBatches(productId, json.value);
}
