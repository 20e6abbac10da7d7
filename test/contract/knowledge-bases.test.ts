import { BedrockAgentRuntimeClient } from "@aws-sdk/client-bedrock-agent-runtime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bedrockSettings } from "../../lambdas/adapters/aws/bedrock.ts";
import { createChosenKnowledgeBase } from "../../lambdas/adapters/knowledge-base/chosen.ts";
import type { Product } from "../../lambdas/app/ports.ts";
import { createBedrock } from "../../local/emulators/bedrock.ts";
import { type FakeModel, startFakeModel } from "../../local/fake-model/server.ts";
import { clientFor, startAwsGateway } from "../support/aws-gateway.ts";
import { createMemoryKnowledgeBase } from "../support/memory/knowledge-base.ts";
import { productWith } from "../support/product.ts";
import { describeKnowledgeBase, type KnowledgeBaseHarness } from "./suites/knowledge-base.ts";

const token = { "knowledge-base/token": ["s3cret"] };
const withBase = (knowledge_base: object, secrets: Product["secrets"] = {}) =>
  productWith({ answers: { knowledge_base } }, secrets);

/** One fake behind both adapters, as one stack may have products of both kinds. */
async function start(keys: readonly string[] = []) {
  const { gateway } = await startAwsGateway();
  const fake = await startFakeModel({ keys });
  gateway.connect("bedrock", createBedrock(fake));
  const client = new BedrockAgentRuntimeClient({ ...clientFor(gateway.url), ...bedrockSettings() });
  return {
    fake,
    knowledge: createChosenKnowledgeBase({ bedrock: client }),
    async close() {
      client.destroy();
      await gateway.close();
      await fake.close();
    },
  };
}

type Started = Awaited<ReturnType<typeof start>>;

function over({ fake, knowledge, close }: Started, product: Product): KnowledgeBaseHarness {
  return {
    knowledge,
    product,
    find: (records) => fake.setExcerpts(() => records),
    asked: () => fake.searches().map(({ query }) => query),
    failNext: () => fake.fault({ name: "outage", count: 1 }),
    close,
  };
}

describeKnowledgeBase("the endpoint of a product", async () => {
  const started = await start(["s3cret"]);
  return over(started, withBase({ type: "http", url: `${started.fake.url}/knowledge` }, token));
});

describeKnowledgeBase("Amazon Bedrock", async () =>
  over(await start(), withBase({ type: "bedrock", id: "KB12345678" })),
);

describeKnowledgeBase("the one in memory", async () => {
  const memory = createMemoryKnowledgeBase();
  return {
    knowledge: memory,
    product: withBase({ type: "bedrock", id: "KB12345678" }),
    find: memory.find,
    asked: () => memory.asked,
    failNext: memory.failNext,
    close: async () => {},
  };
});

describe("knowledge over the network", () => {
  let started: Started;
  let fake: FakeModel;

  beforeEach(async () => {
    started = await start();
    fake = started.fake;
  });
  afterEach(() => started.close());

  const products = (): Readonly<Record<"http" | "bedrock", Product>> => ({
    http: withBase({ type: "http", url: `${fake.url}/knowledge` }, token),
    bedrock: withBase({ type: "bedrock", id: "KB12345678" }),
  });

  test.each([
    ["unauthorized", "TerminalError", "unauthorized"],
    ["unknown", "TerminalError", "gone"],
    ["rejected", "TerminalError", "rejected"],
    ["rate-limit", "RetryableError", "limited"],
    ["html", "RetryableError", "failed"],
    ["malformed", "RetryableError", "failed"],
    ["no-body", "RetryableError", "failed"],
    ["dropped", "RetryableError", "failed"],
  ] as const)("%s is a %s, %s, whoever is asked", async (name, error, reason) => {
    fake.fault({ name });
    for (const product of Object.values(products())) {
      const asking = started.knowledge.retrieve(product, "What?");
      await expect(asking).rejects.toMatchObject({ name: error, reason });
    }
  });

  test("no more excerpts are taken than a prompt has room for", async () => {
    fake.setExcerpts(() => Array.from({ length: 500 }, (_, n) => ({ title: null, content: `excerpt ${n}` })));
    for (const product of Object.values(products())) {
      const records = await started.knowledge.retrieve(product, "What?");
      expect(records.map(({ content }) => content)).toEqual(Array.from({ length: 10 }, (_, n) => `excerpt ${n}`));
    }
  });

  test("an answer that does not end is not read to its end", async () => {
    fake.setExcerpts(() => [{ title: null, content: "on and on ".repeat(30_000) }]);
    const asking = started.knowledge.retrieve(products().http, "What?");
    await expect(asking).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
  });

  test("a question that is longer than Bedrock takes is cut at its thousandth character", async () => {
    await started.knowledge.retrieve(products().bedrock, `${"🦘".repeat(999)}abc`);
    expect(fake.searches().map(({ query }) => query)).toEqual([`${"🦘".repeat(999)}a`]);
  });

  test("a token is sent where one is set, and none where there is none", async () => {
    fake.setKeys(["s3cret"]);
    await expect(started.knowledge.retrieve(products().http, "What?")).resolves.toEqual([]);
    const without = withBase({ type: "http", url: `${fake.url}/knowledge` });
    await expect(started.knowledge.retrieve(without, "What?")).rejects.toMatchObject({ reason: "unauthorized" });
  });

  test("a server that is slow is not waited for", async () => {
    fake.fault({ name: "slow" });
    const asking = started.knowledge.retrieve(products().http, "What?");
    await expect(asking).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
    expect(fake.searches()).toHaveLength(1);
  });
});
