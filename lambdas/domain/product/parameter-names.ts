/** A product's secrets that we make up, because nobody else has a say in them. */
export const generatedSecrets = ["ingest/secret", "operator/key", "push/secret", "stream/secret"] as const;

/** A product's secrets that the chat platform gave out. */
const platformSecrets = ["intercom/access-token", "intercom/client-secret", "intercom/identity-secret"] as const;

/** Where the endpoint surely asks for a key; one of the customer's own may do without. */
const keyedEndpoint = "api.openai.com";

type WhatNeedsSecrets = {
  readonly identity_verification: boolean;
  readonly push: { readonly url?: string | undefined };
  readonly language: { readonly provider?: string | undefined; readonly base_url: string };
};

/**
 * What a product cannot work without: the operator key only opens what operators may ask of it, the secrets of
 * pushes and the stream what an endpoint of its own and its pages are told.
 */
export function neededSecrets(document: WhatNeedsSecrets | undefined): readonly ProductSecretName[] {
  const { provider, base_url: baseUrl = "" } = document?.language ?? {};
  return [
    "intercom/access-token",
    "intercom/client-secret",
    "ingest/secret",
    ...(document?.identity_verification ? (["intercom/identity-secret"] as const) : []),
    ...(document?.push.url ? (["push/secret"] as const) : []),
    ...(provider === "openai" && new URL(baseUrl).hostname === keyedEndpoint ? (["language/api-key"] as const) : []),
  ];
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
