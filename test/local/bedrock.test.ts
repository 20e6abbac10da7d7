import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acme, acmeParameters } from "../../local/acme.ts";
import type { LocalCloud } from "../../local/boot.ts";
import { startLocalCloud } from "../../local/cloud.ts";
import { createMind } from "../../local/fake-model/mind.ts";
import { signBatch } from "../../local/sign.ts";
import { wireAction, wireBatch } from "../support/wire.ts";

const stage = "test";
const knowledgeBase = { type: "bedrock", id: "ABCDE12345" };
const mind = createMind();
const closing = new AsyncDisposableStack();

/** A stack of this repository, with the one product, whose user has just exported something. */
async function deploy(language: { provider: string; knowledgeBaseIds?: readonly string[] }): Promise<LocalCloud> {
  const document = { language: { provider: "bedrock", timeout_s: 5 }, answers: { knowledge_base: knowledgeBase } };
  const cloud = await startLocalCloud({
    stage,
    language,
    fakeModel: mind,
    parameters: acmeParameters(stage, document),
  });
  closing.defer(() => cloud.close());
  const atS = Date.now() / 1_000 - 1;
  const actions = [wireAction({ timestamp_start: atS, timestamp_end: atS })];
  const { body, headers } = signBatch(wireBatch({ actions, user_id: "u-1", forwarded_at: atS }), acme.ingestSecret);
  const { status } = await fetch(`${cloud.url}/actions/acme`, { method: "POST", headers: { ...headers }, body });
  if (status !== 202) throw new Error(`The batch was answered ${status}`);
  const { queues } = cloud;
  await queues.until(() => Object.values(queues.depth("MailboxQueue")).every((count) => count === 0), 30_000);
  return cloud;
}

const ask = (cloud: LocalCloud) =>
  fetch(`${cloud.url}/reply/acme/u-1?query=What+now`, { headers: { authorization: `Bearer ${acme.operatorKey}` } });

afterAll(() => closing.disposeAsync());

describe("a stack that was deployed with Bedrock", () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await deploy({ provider: "bedrock", knowledgeBaseIds: [knowledgeBase.id] });
  });

  it("asks its one model, and the knowledge base that it may use, through the gateway", async () => {
    mind.setAnswer(() => "Look under Downloads");

    const response = await ask(cloud);

    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 200,
      body: { reply: "Look under Downloads" },
    });
    expect(mind.questions().at(-1)).toMatchObject({ protocol: "bedrock", model: "global.amazon.nova-2-lite-v1:0" });
    expect(mind.searches().at(-1)).toMatchObject({ protocol: "bedrock", knowledgeBase: knowledgeBase.id });
  });
});

describe("a stack that was deployed without it", () => {
  it("refuses a product that asks for it all the same, and counts that", async () => {
    const cloud = await deploy({ provider: "extractive" });
    const before = mind.questions().length;

    const { status } = await ask(cloud);

    expect({ status, asked: mind.questions().length - before }).toEqual({ status: 503, asked: 0 });
    const lines = cloud.logs.lines().map(({ line }) => line);
    expect(lines.filter((line) => line.includes('"model.unauthorized"')).length).toBeGreaterThan(0);
  });
});
