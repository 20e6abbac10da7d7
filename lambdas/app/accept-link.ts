import { type Problem, problemAt } from "../domain/activity/problem.ts";
import { claimEnvelope, type LinkRequest, readLinkRequest } from "../domain/session/link-request.ts";
import { isJson, parseJson } from "./parse-json.ts";
import type { Clock, Mailbox, Product, Products, Telemetry } from "./ports.ts";

const LARGEST_BODY_BYTES = 8_192;

export type AcceptLinkPorts = {
  readonly products: Products;
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Whether the product's own server vouches for this user. Constant time; false without a secret, after the same work. */
  readonly verifyUser: (userId: string, userHash: string, secrets: readonly string[]) => boolean;
};

export type LinkPost = {
  /** As the browser sent it; a page cannot choose it. */
  readonly origin: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
};

export type LinkAnswer =
  /** It is durably queued; whether it is believed is found out later. */
  | { readonly kind: "accepted" }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
  /** Not one of the product's origins, or no such product: the sender is not told which. */
  | { readonly kind: "forbidden" }
  /** The product wants its users proved, and this one is not. */
  | { readonly kind: "unauthorized" }
  | { readonly kind: "too-large" }
  | { readonly kind: "not-json" }
  /** Not queued. Sending it again is safe. */
  | { readonly kind: "unavailable" };

/**
 * Takes a page's word for its session's conversation: parse, check where it comes from and for whom, enqueue. Nothing is
 * looked up here; the session believes it when the platform confirms it.
 *
 * @throws what {@link Products.find} throws.
 */
export async function acceptLink(ports: AcceptLinkPorts, { origin, contentType, body }: LinkPost): Promise<LinkAnswer> {
  const { telemetry } = ports;
  if (body.byteLength > LARGEST_BODY_BYTES) return { kind: "too-large" };
  if (!isJson(contentType)) return { kind: "not-json" };
  const json = parseJson(body);
  if ("reason" in json) return { kind: "invalid", problems: [problemAt([], json.reason)] };
  const read = readLinkRequest(json.value);
  if (!read.ok) return { kind: "invalid", problems: read.problems };

  const { request } = read;
  const product = await ports.products.find(request.product_id);
  if (!product || !origin || !product.configuration.allowedOrigins.includes(origin)) {
    // The id of a product that we know, or none: what a stranger sends does not belong in a log.
    telemetry.warn("link.forbidden", { product_id: product?.productId });
    return { kind: "forbidden" };
  }
  const { productId } = product;
  const vouched = vouchedUser(ports, product, request);
  if (vouched === "unproved") {
    telemetry.warn("link.unauthorized", { product_id: productId });
    return { kind: "unauthorized" };
  }
  const queued = await ports.mailbox.send([claimEnvelope(request, ports.clock.now(), vouched.userId)]);
  if (queued.size === 0) {
    telemetry.error("link.not_queued", { product_id: productId });
    return { kind: "unavailable" };
  }
  telemetry.count("claims.accepted", productId);
  return { kind: "accepted" };
}

/** The user that the product's own server vouched for; nobody where the product does not ask for it. */
function vouchedUser(
  { verifyUser }: AcceptLinkPorts,
  { configuration, secrets }: Product,
  { user_id, user_hash }: LinkRequest,
): { readonly userId: string | undefined } | "unproved" {
  if (!configuration.identityVerification) return { userId: undefined };
  const proved = verifyUser(user_id ?? "", user_hash ?? "", secrets["intercom/identity-secret"] ?? []);
  return proved && user_id ? { userId: user_id } : "unproved";
}
