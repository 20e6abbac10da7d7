/** A product's secrets that we make up, because nobody else has a say in them. */
export const generatedSecrets = ["ingest/secret", "operator/key"] as const;

/** A product's secrets that the chat platform gave out. */
export const platformSecrets = ["intercom/access-token", "intercom/client-secret"] as const;

/** What a product cannot work without; the operator key only opens what operators may ask of it. */
export const neededSecrets = [...platformSecrets, "ingest/secret"] as const;

export const productSecrets = [...platformSecrets, ...generatedSecrets] as const;

export type ProductSecretName = (typeof productSecrets)[number];

/** Names of a stage's parameters, below its prefix. */
export const parameterName = {
  index: "product-ids",
  operatorKey: "operator/key",
  product: (productId: string) => `products/${productId}`,
  configuration: (productId: string) => `products/${productId}/config`,
  secret: (productId: string, secret: ProductSecretName) => `products/${productId}/${secret}`,
} as const;
