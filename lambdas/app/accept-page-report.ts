import { type Problem, problemAt } from "../domain/activity/problem.ts";
import type { Read } from "../domain/activity/read-as.ts";
import type { SessionEnvelope } from "../domain/actor/message.ts";
import type { PageReport } from "../domain/session/page-report.ts";
import { isJson, parseJson } from "./parse-json.ts";
import type { Clock, Mailbox, Product, Products, Telemetry } from "./ports.ts";

const LARGEST_BODY_BYTES = 8_192;

export type PageReportPorts = {
  readonly products: Products;
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Whether the product's own server vouches for this user. Constant time; false without a secret, after the same work. */
  readonly verifyUser: (userId: string, userHash: string, secrets: readonly string[]) => boolean;
};

export type PagePost = {
  /** As the browser sent it; a page cannot choose it. */
  readonly origin: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
};

export type PageAnswer =
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

/** One kind of report: what it says, and what its session is told. */
export type ReportKind<Report> = {
  /** Counts those that were accepted. */
  readonly metric: string;
  readonly read: (value: unknown) => Read<Report>;
  /** `vouchedUserId`: the page's user, if the product's own server vouched for them. */
  readonly toEnvelope: (report: Report, acceptedAt: number, vouchedUserId: string | undefined) => SessionEnvelope;
};

/**
 * Takes what a page of the product says of its session: parse, check where it comes from and for whom, enqueue. Nothing
 * is looked up here; what it is worth, the session finds out (docs/adr/0016).
 *
 * @throws what {@link Products.find} throws.
 */
export async function acceptPageReport<Report extends PageReport>(
  ports: PageReportPorts,
  { metric, read, toEnvelope }: ReportKind<Report>,
  { origin, contentType, body }: PagePost,
): Promise<PageAnswer> {
  const { telemetry } = ports;
  if (body.byteLength > LARGEST_BODY_BYTES) return { kind: "too-large" };
  if (!isJson(contentType)) return { kind: "not-json" };
  const json = parseJson(body);
  if ("reason" in json) return { kind: "invalid", problems: [problemAt([], json.reason)] };
  const parsed = read(json.value);
  if (!parsed.ok) return { kind: "invalid", problems: parsed.problems };

  const report = parsed.value;
  const product = await ports.products.find(report.product_id);
  if (!product || !origin || !product.configuration.allowedOrigins.includes(origin)) {
    // The id of a product that we know, or none: what a stranger sends does not belong in a log.
    telemetry.warn("page.forbidden", { product_id: product?.productId });
    return { kind: "forbidden" };
  }
  const { productId } = product;
  const vouched = vouchedUser(ports, product, report);
  if (vouched === "unproved") {
    telemetry.warn("page.unauthorized", { product_id: productId });
    return { kind: "unauthorized" };
  }
  const queued = await ports.mailbox.send([toEnvelope(report, ports.clock.now(), vouched.userId)]);
  if (queued.size === 0) {
    telemetry.error("page.not_queued", { product_id: productId });
    return { kind: "unavailable" };
  }
  telemetry.count(metric, productId);
  return { kind: "accepted" };
}

/** The user that the product's own server vouched for; nobody where the product does not ask for it. */
function vouchedUser(
  { verifyUser }: PageReportPorts,
  { configuration, secrets }: Product,
  { user_id, user_hash }: PageReport,
): { readonly userId: string | undefined } | "unproved" {
  if (!configuration.identityVerification) return { userId: undefined };
  const proved = verifyUser(user_id ?? "", user_hash ?? "", secrets["intercom/identity-secret"] ?? []);
  return proved && user_id ? { userId: user_id } : "unproved";
}
