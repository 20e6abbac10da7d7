import type { Context } from "aws-lambda";
import { verifyBatchSignature } from "../../lambdas/adapters/connector/batch-signature.ts";
import { createIntercomAccount } from "../../lambdas/adapters/intercom/account.ts";
import { verifyUserHash } from "../../lambdas/adapters/intercom/user-hash.ts";
import { intercomWebhooks } from "../../lambdas/adapters/intercom/webhooks.ts";
import { verifyBearer } from "../../lambdas/adapters/operator/bearer.ts";
import { decodeCaptureBody } from "../../lambdas/adapters/posthog/capture-body.ts";
import { verifyWebhookProof } from "../../lambdas/adapters/posthog/webhook-proof.ts";
import { streamTokens } from "../../lambdas/adapters/stream/tokens.ts";
import { createTelemetry, type FlushableTelemetry } from "../../lambdas/adapters/telemetry/telemetry.ts";
import type { Product } from "../../lambdas/app/ports.ts";
import { actionsEndpoint } from "../../lambdas/handlers/actions-endpoint.ts";
import { addProductEndpoint } from "../../lambdas/handlers/add-product-endpoint.ts";
import { browserEventsEndpoint } from "../../lambdas/handlers/browser-events-endpoint.ts";
import { chatWebhookEndpoint } from "../../lambdas/handlers/chat-webhook-endpoint.ts";
import type { HttpAnswer } from "../../lambdas/handlers/http-answer.ts";
import { type HttpEvent, httpEdge } from "../../lambdas/handlers/http-edge.ts";
import { corsHeaders, uncachedHeaders } from "../../lambdas/handlers/page-edge.ts";
import { pageReportsEndpoint } from "../../lambdas/handlers/page-reports-endpoint.ts";
import { privateHeaders, readContextEndpoint } from "../../lambdas/handlers/read-context-endpoint.ts";
import { sourceWebhookEndpoint } from "../../lambdas/handlers/source-webhook-endpoint.ts";
import { type StreamEndpointPorts, streamEndpoint } from "../../lambdas/handlers/stream-endpoint.ts";
import { streamTokenEndpoint } from "../../lambdas/handlers/stream-token-endpoint.ts";
import { suggestLabelsEndpoint } from "../../lambdas/handlers/suggest-labels-endpoint.ts";
import { createMemoryActorStore } from "../support/memory/actor-store.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createMemoryKnowledgeBase } from "../support/memory/knowledge-base.ts";
import { createMemoryMailbox } from "../support/memory/mailbox.ts";
import type { ManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProductFeed } from "../support/memory/product-feed.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { scriptedModel } from "../support/memory/scripted-model.ts";
import { productWith } from "../support/product.ts";
import type { EdgeName } from "./arbitraries/bodies.ts";
import { projectKeyFor } from "./arbitraries/events.ts";
import type { UserEdgeName } from "./arbitraries/user-request.ts";
import { canary } from "./canaries.ts";
import type { Outside } from "./outside.ts";

const secrets: Product["secrets"] = {
  "ingest/secret": [canary.ingestSecret],
  "intercom/client-secret": [canary.clientSecret],
  "intercom/identity-secret": [canary.identitySecret],
  "intercom/access-token": [canary.accessToken],
  "operator/key": [canary.operatorKey],
  "sources/posthog-secret": [canary.posthogSecret],
  "sources/fullstory-token": [canary.fullstoryToken],
  "stream/secret": [canary.streamSecret],
};

/** Products whose names are as bad as the rule for names allows; any of them may be asked for. */
export const productIds = ["acme", "acme-2", "__proto__", "constructor"] as const;

function products() {
  return createMemoryProducts(
    ...productIds.map((productId) => {
      const document = {
        allowed_origins: [canary.origin],
        identity_verification: productId === "acme-2",
        sources: { project_key: projectKeyFor(productId) },
      };
      const keys = productId === "acme-2" ? { "operator/key": [canary.otherOperatorKey] } : {};
      return { ...productWith(document, { ...secrets, ...keys }), productId };
    }),
  );
}

/** Long enough on any machine; an endpoint that hangs is cut off a second before, with a 503. */
const context = { getRemainingTimeInMillis: () => 30_000 } as Context;

/** Where streams would be served. */
const STREAM_URL = "https://streams.example.com/";

export type Edges = {
  readonly products: ReturnType<typeof products>;
  readonly mailbox: ReturnType<typeof createMemoryMailbox>;
  /** Where the worker keeps what these edges read. */
  readonly store: ReturnType<typeof createMemoryActorStore>;
  readonly model: ReturnType<typeof scriptedModel>;
  call(edge: EdgeName | UserEdgeName, event: HttpEvent): Promise<HttpAnswer>;
  /** A page that has gone by the time it is answered: a stream says what it says at once, and ends. */
  listen(event: HttpEvent): ReturnType<typeof streamEndpoint>;
};

/** A request to this route, whatever route the event was made for. */
function at(path: string, event: HttpEvent): HttpEvent {
  return { ...event, routeKey: `${event.requestContext.http.method} ${path}` };
}

/** The edges as they are shipped, wrapper and logging included, before a queue in memory. */
export function createEdges(outside: Outside, clock: ManualClock): Edges {
  const telemetry = (service: string): FlushableTelemetry => createTelemetry(service, "fuzz");
  const store = createMemoryActorStore();
  const model = scriptedModel();
  const shared = { products: products(), mailbox: createMemoryMailbox(clock), clock };
  let made = 0;
  const actions = { ...shared, telemetry: telemetry("receive-actions"), verifySignature: verifyBatchSignature };
  const webhook = { ...shared, telemetry: telemetry("receive-chat-webhook"), webhooks: intercomWebhooks };
  const page = { ...shared, telemetry: telemetry("receive-page-reports"), verifyUser: verifyUserHash };
  const sources = {
    ...shared,
    telemetry: telemetry("receive-source-webhook"),
    verifyPosthog: verifyWebhookProof,
    verifyFullstory: verifyBearer,
  };
  const ofSources = httpEdge(sources.telemetry, (event) => sourceWebhookEndpoint(sources, event));
  const events = { ...shared, telemetry: telemetry("receive-browser-events"), decodeBody: decodeCaptureBody };
  const token = {
    ...shared,
    telemetry: telemetry("issue-stream-token"),
    store,
    tokens: streamTokens,
    verifyUser: verifyUserHash,
  };
  const streams: StreamEndpointPorts = {
    ...shared,
    telemetry: telemetry("stream-session"),
    store,
    feed: createMemoryProductFeed(clock),
    tokens: streamTokens,
    verifyBearer,
    wait: async (ms) => void clock.advance(ms),
  };
  const labels = {
    ...shared,
    telemetry: telemetry("suggest-labels"),
    store,
    verifyBearer,
  };
  const user = {
    ...shared,
    telemetry: telemetry("read-context"),
    store,
    model,
    knowledge: createMemoryKnowledgeBase(),
    random: createCountingRandom(),
    wait: async (ms: number) => void clock.advance(ms),
    verifyBearer,
  };
  const ofUser = httpEdge(user.telemetry, (event) => readContextEndpoint(user, event), privateHeaders);
  const operator = {
    telemetry: telemetry("add-product"),
    parameters: outside.parameters,
    account: createIntercomAccount({ baseUrlOverride: outside.intercom.url, clock }),
    operatorKeys: async () => [canary.operatorKey],
    verifyBearer,
    newSecret: () => `made-up-${++made}`,
  };
  const edges = {
    actions: httpEdge(actions.telemetry, (event) => actionsEndpoint(actions, event)),
    webhook: httpEdge(webhook.telemetry, (event) => chatWebhookEndpoint(webhook, event)),
    link: httpEdge(page.telemetry, (event) => pageReportsEndpoint(page, at("/sessions/link", event)), corsHeaders),
    tour: httpEdge(page.telemetry, (event) => pageReportsEndpoint(page, at("/tours/progress", event)), corsHeaders),
    labels: httpEdge(labels.telemetry, (event) => suggestLabelsEndpoint(labels, event)),
    products: httpEdge(operator.telemetry, (event) => addProductEndpoint(operator, event)),
    posthog: ofSources,
    fullstory: ofSources,
    events: httpEdge(events.telemetry, (event) => browserEventsEndpoint(events, event), corsHeaders),
    token: httpEdge(token.telemetry, (event) => streamTokenEndpoint(token, STREAM_URL, event), uncachedHeaders),
    context: ofUser,
    reply: ofUser,
    reset: ofUser,
  };
  return {
    ...shared,
    store,
    model,
    call: (edge, event) => edges[edge](event, context),
    listen: (event) => streamEndpoint(streams, event, { remainingMs: 0, gone: AbortSignal.abort() }),
  };
}
