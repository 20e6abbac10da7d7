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

export type Parameters = NonNullable<LocalCloudOptions["parameters"]>;

/**
 * What an operator puts into SSM for `acme`, by full name.
 *
 * @param times keys of the product's document in place of their defaults, in wire names and seconds.
 */
export function acmeParameters(stage: string, times: object = {}): Parameters {
  const product = `/throughline/${stage}/products/${acme.productId}`;
  const secret = (value: string) => ({ value, type: "SecureString" as const });
  return {
    [`/throughline/${stage}/product-ids`]: { value: acme.productId },
    [`${product}/config`]: { value: JSON.stringify({ intercom: { admin_id: acme.adminId }, ...times }) },
    [`${product}/intercom/access-token`]: secret(acme.accessToken),
    [`${product}/intercom/client-secret`]: secret(acme.clientSecret),
    [`${product}/ingest/secret`]: secret(acme.ingestSecret),
    [`${product}/operator/key`]: secret(acme.operatorKey),
    [`${product}/stream/secret`]: secret(acme.streamSecret),
  };
}
