import type { LocalCloudOptions } from "./cloud.ts";

/** The product that the local cloud knows from the start. None of its secrets opens anything elsewhere. */
export const acme = {
  productId: "acme",
  /** Signs action batches. */
  ingestSecret: "local-ingest-secret",
  /** Signs Intercom's webhooks. */
  clientSecret: "test_client_secret",
  /** With which the fake Intercom lets Throughline in. */
  accessToken: "local-intercom-token",
  /** In whose name notes are written. */
  adminId: "9001",
  operatorKey: "local-operator-key",
  /** Signs the tokens of pages that listen. */
  streamSecret: "local-stream-secret",
} as const;

/** What the local cloud must know of a product. */
export type LocalProduct = { readonly [key in keyof typeof acme]: string };

export type Parameters = NonNullable<LocalCloudOptions["parameters"]>;

/**
 * What an operator puts into SSM for `acme` as the only product, by full name.
 *
 * @param times keys of the product's document in place of their defaults, in wire names and seconds.
 */
export function acmeParameters(stage: string, times: object = {}): Parameters {
  return { ...productIds(stage, [acme]), ...productParameters(stage, acme, times) };
}

/** Which products there are. */
export function productIds(stage: string, products: readonly Pick<LocalProduct, "productId">[]): Parameters {
  return { [`/throughline/${stage}/product-ids`]: { value: products.map(({ productId }) => productId).join(",") } };
}

/** What an operator puts into SSM for one product. @param document beside the admin in whose name notes are written */
export function productParameters(stage: string, product: LocalProduct, document: object): Parameters {
  const prefix = `/throughline/${stage}/products/${product.productId}`;
  const secret = (value: string) => ({ value, type: "SecureString" as const });
  return {
    [`${prefix}/config`]: { value: JSON.stringify({ intercom: { admin_id: product.adminId }, ...document }) },
    [`${prefix}/intercom/access-token`]: secret(product.accessToken),
    [`${prefix}/intercom/client-secret`]: secret(product.clientSecret),
    [`${prefix}/ingest/secret`]: secret(product.ingestSecret),
    [`${prefix}/operator/key`]: secret(product.operatorKey),
    [`${prefix}/stream/secret`]: secret(product.streamSecret),
  };
}
