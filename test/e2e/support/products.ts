import type { LocalCloud } from "../../../local/boot.ts";
import { type FakeIntercom, startFakeIntercom } from "../../../local/fake-intercom/server.ts";
import { type FakeModel, startFakeModel } from "../../../local/fake-model/server.ts";
import { openRoadToIntercom, type RoadToIntercom } from "./road-to-intercom.ts";

/** A product of a test: its own Intercom and its own language model, so that a fault of one is no other's. */
export type TestProduct = {
  readonly productId: string;
  readonly intercom: FakeIntercom;
  readonly road: RoadToIntercom;
  /** An endpoint with a key, and a knowledge base with the same. */
  readonly model: FakeModel;
  readonly ingestSecret: string;
  readonly clientSecret: string;
  readonly identitySecret: string;
  readonly posthogSecret: string;
  readonly fullstoryToken: string;
  readonly pushSecret: string;
  readonly streamSecret: string;
  /** As a person would who knows how to: the conversation is gone for good. */
  deleteConversation(conversationId: string): Promise<void>;
};

/** Laid over the configuration below; `delivery` and `language` key by key. */
export type ProductDocument = {
  readonly delivery?: object;
  readonly language?: object;
  readonly [key: string]: unknown;
};

/** A configuration for each product; a function where it names what belongs to the product. */
export type ProductDocuments = Readonly<Record<string, ProductDocument | ((product: TestProduct) => ProductDocument)>>;

/** Seconds become tenths: a retry, a debounce and a look take as long as a test can wait. */
function scaledDocument({ road, model }: TestProduct, { delivery, language, ...document }: ProductDocument) {
  return {
    intercom: { admin_id: "9001", base_url: road.url },
    language: { provider: "openai", base_url: `${model.url}/v1`, model: "local", ...language },
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

const modelKeyOf = (productId: string): string => `model-key-of-${productId}`;

export async function openProduct(productId: string): Promise<TestProduct> {
  // A part is visible well before look_after_s is over, which is what the configuration promises.
  const intercom = await startFakeIntercom({ tokens: [tokenOf(productId)], lagMs: { min: 20, max: 100 } });
  const road = await openRoadToIntercom(intercom.url);
  const model = await startFakeModel({ keys: [modelKeyOf(productId)] });
  return {
    productId,
    intercom,
    road,
    model,
    ingestSecret: `ingest-secret-of-${productId}`,
    clientSecret: `client-secret-of-${productId}`,
    identitySecret: `identity-secret-of-${productId}`,
    posthogSecret: `posthog-secret-of-${productId}`,
    fullstoryToken: `fullstory-token-of-${productId}`,
    pushSecret: `push-secret-of-${productId}`,
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
  documents: ProductDocuments,
): void {
  const prefix = `/throughline/${stage}`;
  for (const product of products.values()) {
    const { productId, ...secrets } = product;
    const base = `${prefix}/products/${productId}`;
    const given = documents[productId] ?? {};
    const document = scaledDocument(product, typeof given === "function" ? given(product) : given);
    cloud.putParameter(`${base}/config`, JSON.stringify(document));
    cloud.putParameter(`${base}/language/api-key`, modelKeyOf(productId), "SecureString");
    cloud.putParameter(`${base}/knowledge-base/token`, modelKeyOf(productId), "SecureString");
    cloud.putParameter(`${base}/ingest/secret`, secrets.ingestSecret, "SecureString");
    cloud.putParameter(`${base}/intercom/client-secret`, secrets.clientSecret, "SecureString");
    cloud.putParameter(`${base}/intercom/identity-secret`, secrets.identitySecret, "SecureString");
    cloud.putParameter(`${base}/sources/posthog-secret`, secrets.posthogSecret, "SecureString");
    cloud.putParameter(`${base}/sources/fullstory-token`, secrets.fullstoryToken, "SecureString");
    cloud.putParameter(`${base}/push/secret`, secrets.pushSecret, "SecureString");
    cloud.putParameter(`${base}/stream/secret`, secrets.streamSecret, "SecureString");
    setAccessToken(cloud, stage, productId, tokenOf(productId));
  }
  cloud.putParameter(`${prefix}/product-ids`, [...products.keys()].join(","));
}
