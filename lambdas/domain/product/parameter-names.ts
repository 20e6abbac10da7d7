/** A product's secrets that we make up, because nobody else has a say in them. */
export const generatedSecrets = ["ingest/secret", "operator/key"] as const;

/** A product's secrets that the chat platform gave out. */
const platformSecrets = ["intercom/access-token", "intercom/client-secret", "intercom/identity-secret"] as const;

/** What a product cannot work without; the operator key only opens what operators may ask of it. */
export function neededSecrets(document: { readonly identity_verification: boolean } | undefined) {
  const needed = ["intercom/access-token", "intercom/client-secret", "ingest/secret"] as const;
  return document?.identity_verification ? ([...needed, "intercom/identity-secret"] as const) : needed;
}

/** A product's secrets that other services gave out: a language model's endpoint, a knowledge base. */
const serviceSecrets = ["language/api-key", "knowledge-base/token"] as const;

/** What sources of events prove themselves with. */
const sourceSecrets = ["sources/posthog-secret", "sources/fullstory-token"] as const;

export const productSecrets = [...platformSecrets, ...generatedSecrets, ...serviceSecrets, ...sourceSecrets] as const;

export type ProductSecretName = (typeof productSecrets)[number];

/** Names of a stage's parameters, below its prefix. */
export const parameterName = {
  index: "product-ids",
  operatorKey: "operator/key",
  product: (productId: string) => `products/${productId}`,
  configuration: (productId: string) => `products/${productId}/config`,
  secret: (productId: string, secret: ProductSecretName) => `products/${productId}/${secret}`,
} as const;
