import { verifyBearer } from "../../lambdas/adapters/operator/bearer.ts";
import { readContextEndpoint } from "../../lambdas/handlers/read-context-endpoint.ts";
import type { Answers } from "../../scripts/openapi/operation.ts";
import { operationOf } from "../../scripts/openapi/operations.ts";
import { trouble } from "../../scripts/openapi/trouble.ts";
import { httpEvent } from "./http-event.ts";
import { createMemoryKnowledgeBase } from "./memory/knowledge-base.ts";
import { scriptedModel } from "./memory/scripted-model.ts";
import { productWith } from "./product.ts";
import { createWorld } from "./world.ts";

type Asked = {
  readonly productId?: string;
  /** As API Gateway hands it over. */
  readonly userId?: string;
  readonly query?: string;
  readonly key?: string;
};

/**
 * The products `acme` and `other`, each with its operator key, before the endpoint for other chatbots. What is answered must
 * be described in docs/openapi.yaml.
 */
export function createContextApi(document: Record<string, unknown> = {}) {
  const world = createWorld(document);
  for (const productId of ["acme", "other"]) {
    world.products.put({ ...productWith(document, { "operator/key": [`key-of-${productId}`] }), productId });
  }
  const model = scriptedModel();
  const knowledge = createMemoryKnowledgeBase();
  const { store, clock, telemetry, products, mailbox } = world;
  const random = world.ports.random;
  const wait = async (ms: number) => clock.advance(ms);
  const ports = { store, clock, telemetry, products, mailbox, random, wait, model, knowledge, verifyBearer };

  const ask = async (
    method: string,
    path: string,
    { productId = "acme", userId = "user-1", query, key = `key-of-${productId}` }: Asked = {},
  ) => {
    const route = `${path}/{product_id}/{user_id}`;
    const answer = await readContextEndpoint(
      ports,
      httpEvent({
        method,
        route,
        productId,
        userId,
        ...(query === undefined ? {} : { query: { query } }),
        headers: { Authorization: `Bearer ${key}` },
      }),
    );
    const { statusCode: status = 0, headers } = answer;
    const documented: Answers = { ...operationOf(`${method} ${route}`).answers, ...trouble };
    const schema = documented[status]?.body;
    if (!schema) throw new Error(`${status} is not described`);
    return { status, body: Object(schema.parse(JSON.parse(answer.body ?? ""))), headers };
  };
  return {
    world,
    model,
    knowledge,
    context: (asked?: Asked) => ask("GET", "/context", asked),
    reply: (asked?: Asked) => ask("GET", "/reply", asked),
    reset: (asked?: Asked) => ask("POST", "/admin/reset", asked),
  };
}
