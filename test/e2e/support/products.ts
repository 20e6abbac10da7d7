import type { LocalCloud } from "../../../local/boot.ts";
import { type FakeIntercom, startFakeIntercom } from "../../../local/fake-intercom/server.ts";
import { openRoadToIntercom, type RoadToIntercom } from "./road-to-intercom.ts";

/** A product of a test: its own Intercom, so that a fault of one is no other's. */
export type TestProduct = {
  readonly productId: string;
  readonly intercom: FakeIntercom;
  readonly road: RoadToIntercom;
  readonly ingestSecret: string;
  readonly clientSecret: string;
  readonly identitySecret: string;
  readonly streamSecret: string;
  /** As a person would who knows how to: the conversation is gone for good. */
  deleteConversation(conversationId: string): Promise<void>;
};

/** Laid over the configuration below; `delivery` key by key. */
export type ProductDocument = { readonly delivery?: object; readonly [key: string]: unknown };

/** Seconds become tenths: a retry, a debounce and a look take as long as a test can wait. */
function scaledDocument(baseUrl: string, { delivery, ...document }: ProductDocument) {
  return {
    intercom: { admin_id: "9001", base_url: baseUrl },
    post_link_debounce_s: 0.15,
    post_link_max_wait_s: 1,
    // Notes are counted here; a test of summaries says so.
    summary_threshold: 0,
    delivery: {
      call_timeout_s: 1,
      retry_initial_s: 0.05,
      retry_max_s: 0.4,
      look_after_s: 0.3,
      link_grace_s: 5,
      ...delivery,
    },
    ...document,
  };
}

const tokenOf = (productId: string): string => `token-of-${productId}`;

export async function openProduct(productId: string): Promise<TestProduct> {
  // A part is visible well before look_after_s is over, which is what the configuration promises.
  const intercom = await startFakeIntercom({ tokens: [tokenOf(productId)], lagMs: { min: 20, max: 100 } });
  const road = await openRoadToIntercom(intercom.url);
  return {
    productId,
    intercom,
    road,
    ingestSecret: `ingest-secret-of-${productId}`,
    clientSecret: `client-secret-of-${productId}`,
    identitySecret: `identity-secret-of-${productId}`,
    streamSecret: `stream-secret-of-${productId}`,
    async deleteConversation(conversationId) {
      const headers = { authorization: `Bearer ${tokenOf(productId)}`, "intercom-version": "2.15" };
      const { ok } = await fetch(`${intercom.url}/conversations/${conversationId}`, { method: "DELETE", headers });
      if (!ok) throw new Error(`The conversation ${conversationId} was not deleted`);
    },
  };
}

/** Sets the token with which the functions go to a product's Intercom; they notice within the configuration's TTL. */
export function setAccessToken(cloud: LocalCloud, stage: string, productId: string, token: string): void {
  cloud.putParameter(`/throughline/${stage}/products/${productId}/intercom/access-token`, token, "SecureString");
}

/** Does what an operator does after a deployment. */
export function configure(
  cloud: LocalCloud,
  stage: string,
  products: ReadonlyMap<string, TestProduct>,
  documents: Readonly<Record<string, ProductDocument>>,
): void {
  const prefix = `/throughline/${stage}`;
  for (const { productId, road, ingestSecret, clientSecret, identitySecret, streamSecret } of products.values()) {
    const base = `${prefix}/products/${productId}`;
    cloud.putParameter(`${base}/config`, JSON.stringify(scaledDocument(road.url, documents[productId] ?? {})));
    cloud.putParameter(`${base}/ingest/secret`, ingestSecret, "SecureString");
    cloud.putParameter(`${base}/intercom/client-secret`, clientSecret, "SecureString");
    cloud.putParameter(`${base}/intercom/identity-secret`, identitySecret, "SecureString");
    cloud.putParameter(`${base}/stream/secret`, streamSecret, "SecureString");
    setAccessToken(cloud, stage, productId, tokenOf(productId));
  }
  cloud.putParameter(`${prefix}/product-ids`, [...products.keys()].join(","));
}
