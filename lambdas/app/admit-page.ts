import { type Problem, problemAt } from "../domain/activity/problem.ts";
import type { Read } from "../domain/activity/read-as.ts";
import type { PageReport } from "../domain/session/page-report.ts";
import { isJson, parseJson } from "./parse-json.ts";
import type { Product, Products, Telemetry } from "./ports.ts";

const LARGEST_BODY_BYTES = 8_192;

export type PageGatePorts = {
  readonly products: Products;
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

/** Why a page is not heard. */
export type PageRefusal =
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
  /** Not one of the product's origins, or no such product: the sender is not told which. */
  | { readonly kind: "forbidden" }
  /** The product wants its users proved, and this one is not. */
  | { readonly kind: "unauthorized" }
  | { readonly kind: "too-large" }
  | { readonly kind: "not-json" };

export type AdmittedPage<Report> = {
  readonly kind: "admitted";
  readonly report: Report;
  readonly product: Product;
  /** The page's user, if the product's own server vouched for them. */
  readonly vouchedUserId: string | undefined;
};

/**
 * Reads what a page of the product sent, and checks where it comes from and for whom. Nothing is looked up here but the
 * product (docs/adr/0016).
 *
 * @throws what {@link Products.find} throws.
 */
export async function admitPage<Report extends PageReport>(
  ports: PageGatePorts,
  read: (value: unknown) => Read<Report>,
  { origin, contentType, body }: PagePost,
): Promise<AdmittedPage<Report> | PageRefusal> {
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
  const vouched = vouchedUser(ports, product, report);
  if (vouched === "unproved") {
    telemetry.warn("page.unauthorized", { product_id: product.productId });
    return { kind: "unauthorized" };
  }
  return { kind: "admitted", report, product, vouchedUserId: vouched.userId };
}

/** The user that the product's own server vouched for; nobody where the product does not ask for it. */
function vouchedUser(
  { verifyUser }: PageGatePorts,
  { configuration, secrets }: Product,
  { user_id, user_hash }: PageReport,
): { readonly userId: string | undefined } | "unproved" {
  if (!configuration.identityVerification) return { userId: undefined };
  const proved = verifyUser(user_id ?? "", user_hash ?? "", secrets["intercom/identity-secret"] ?? []);
  return proved && user_id ? { userId: user_id } : "unproved";
}
