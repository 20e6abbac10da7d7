import { MOST_EVENTS } from "../domain/sources/entries.ts";
import { readPosthogBody } from "../domain/sources/posthog-body.ts";
import { productIdOf, projectKeyOf } from "../domain/sources/project-key.ts";
import { parseJson } from "./parse-json.ts";
import type { Product, Products } from "./ports.ts";
import { type QueueEventsPorts, queueEvents } from "./queue-events.ts";

const LARGEST_BODY_BYTES = 1_048_576;

export type AcceptBrowserEventsPorts = QueueEventsPorts & {
  readonly products: Products;
  /** Undoes what the library did to its JSON: compression, the form of a beacon. Never yields more than a bound. */
  readonly decodeBody: (
    body: Uint8Array,
    contentType: string | undefined,
  ) => Uint8Array | "too-large" | "malformed" | "mangled";
};

export type BrowserEvents = {
  /** As the browser sent it; a page cannot choose it. */
  readonly origin: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
};

export type BrowserEventsAnswer =
  /** Every event that says something is durably queued. */
  | { readonly kind: "accepted" }
  /** No events can be read in it. */
  | { readonly kind: "invalid" }
  /** Compressed events that did not survive the way here. The library has them still. */
  | { readonly kind: "mangled" }
  /** No project key of a product, or not one of the product's pages: the sender is not told which. */
  | { readonly kind: "unauthorized" }
  | { readonly kind: "too-large" }
  /** Some events are not queued. Sending them again is safe. */
  | { readonly kind: "unavailable" };

/**
 * Takes events straight from a product's pages, as PostHog's library sends them. The key is public, so what they say is
 * worth what a page's word is worth: times are put right, no e-mail address is taken, and no user where the product
 * wants its users proved (docs/adr/0024).
 *
 * @throws what {@link Products.find} throws.
 */
export async function acceptBrowserEvents(
  ports: AcceptBrowserEventsPorts,
  { origin, contentType, body }: BrowserEvents,
): Promise<BrowserEventsAnswer> {
  const { telemetry } = ports;
  if (body.byteLength > LARGEST_BODY_BYTES) return { kind: "too-large" };
  const decoded = ports.decodeBody(body, contentType);
  if (decoded === "too-large" || decoded === "mangled") return { kind: decoded };
  const json = decoded === "malformed" ? undefined : parseJson(decoded);
  if (!json || "reason" in json) return { kind: "invalid" };
  const events = readPosthogBody(json.value);
  if (!events || events.length > MOST_EVENTS) return { kind: "invalid" };

  const projectKey = projectKeyOf(json.value);
  const product = await ports.products.find(productIdOf(projectKey));
  if (!product || !isHeard(product, projectKey, origin)) {
    // The id of a product that we know, or none: what a stranger sends does not belong in a log.
    telemetry.warn("browser.unauthorized", { product_id: product?.productId });
    return { kind: "unauthorized" };
  }
  const trust = { user: !product.configuration.identityVerification, email: false, clock: false };
  const counts = await queueEvents(ports, product, events, trust);
  return { kind: counts === "unavailable" ? "unavailable" : "accepted" };
}

/** A request without an origin is no page's, and proves no less by its key than a page does. */
function isHeard({ configuration }: Product, projectKey: string, origin: string | undefined): boolean {
  const known = origin === undefined || configuration.allowedOrigins.includes(origin);
  return known && configuration.sources.projectKey === projectKey;
}
