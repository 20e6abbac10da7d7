import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDynamoActorStore } from "../../lambdas/adapters/dynamodb/actor-store.ts";
import { eraseActor } from "../../lambdas/adapters/dynamodb/erase.ts";
import { createIntercomAccount } from "../../lambdas/adapters/intercom/account.ts";
import { createSsmStageParameters } from "../../lambdas/adapters/ssm/stage-parameters.ts";
import type { Commit } from "../../lambdas/app/ports.ts";
import type { SessionActor } from "../../lambdas/domain/actor/actor.ts";
import { startDynamoDb } from "../../local/emulators/dynamodb.ts";
import { createParameterStore } from "../../local/emulators/parameter-store.ts";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";
import type { Gateway } from "../../local/gateway.ts";
import { serveHttp } from "../../local/http-server.ts";
import { startAwsGateway } from "../support/aws-gateway.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { productWith } from "../support/product.ts";

const started = new AsyncDisposableStack();
let gateway: Gateway;
let ssm: SSMClient;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  const aws = await startAwsGateway();
  gateway = aws.gateway;
  started.defer(() => gateway.close());
  const database = await startDynamoDb({ accessKeyId: "test", secretAccessKey: "test" });
  started.defer(() => database.close());
  gateway.connect("dynamodb", database.backend);
  const key = (name: string) => ({ AttributeName: name, AttributeType: "S" as const });
  await database.createTable({
    TableName: "actors",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [key("pk"), key("sk")],
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
  });
  ssm = new SSMClient(aws.client);
  dynamodb = new DynamoDBClient(aws.client);
  started.defer(() => ssm.destroy());
  started.defer(() => dynamodb.destroy());
});

afterAll(() => started.disposeAsync());

describe("a stage's parameters on SSM", () => {
  const prefix = "/throughline/test";
  beforeEach(() => gateway.connect("ssm", createParameterStore().backend));
  const open = () => createSsmStageParameters({ client: ssm, prefix });

  it("gives back what was written, by names below the prefix, more than one request's worth", async () => {
    const parameters = open();
    const names = Array.from({ length: 23 }, (_, at) => `products/p${at}/config`);
    for (const name of names) await parameters.write(name, `value of ${name}`, "plain");
    await parameters.write(names[0] ?? "", "new", "secret");

    expect(await parameters.read([...names, "missing"])).toEqual(
      new Map(names.map((name, at) => [name, at === 0 ? "new" : `value of ${name}`])),
    );
    expect(await parameters.existing(["products/p1/config", "missing"])).toEqual(new Set(["products/p1/config"]));
    expect([...(await parameters.list("products"))].sort()).toEqual([...names].sort());
  });

  it("keeps a document beyond the 4 KB of the free tier", async () => {
    const parameters = open();
    await parameters.write("products/acme/config", "x".repeat(6_000), "plain");
    expect((await parameters.read(["products/acme/config"])).get("products/acme/config")).toHaveLength(6_000);
  });

  it("removes, also what is not there", async () => {
    const parameters = open();
    await parameters.write("a", "1", "plain");
    await parameters.remove("a");
    await parameters.remove("a");
    expect(await parameters.existing(["a"])).toEqual(new Set());
  });
});

describe("erasing an actor", () => {
  it("deletes its item, rows and notes, however many, and nothing of another's", async () => {
    const store = createDynamoActorStore({ client: dynamodb, tableName: "actors", random: createCountingRandom() });
    const session = (sessionId: string): SessionActor => ({ kind: "session", productId: "acme", sessionId });
    const rows = Array.from({ length: 60 }, (_, at) => ({ n: at + 1, id: `b.${at}`, acceptedAt: at, actions: [] }));
    const notes = [{ from: 1, through: 60, partId: "1", conversationId: "2", postedAt: 3 }];
    const summaries: Commit["summaries"] = [];
    const commit = {
      version: 0,
      loadedAt: 1,
      state: {},
      expiresAt: Date.now() + 60_000,
      rows,
      notes,
      summaries,
      pageRows: [],
    };
    await store.commit(session("gone"), commit);
    await store.commit(session("stays"), { ...commit, rows: rows.slice(0, 1) });

    const table = { client: dynamodb, tableName: "actors" };
    expect(await eraseActor(table, session("gone"))).toBe(62);

    expect(await store.load(session("gone"), Date.now())).toEqual({ state: undefined, version: 0 });
    expect(await eraseActor(table, session("gone"))).toBe(0);
    expect(await eraseActor(table, session("stays"))).toBe(3);
  });
});

describe("Intercom, as operators use it", () => {
  let intercom: FakeIntercom;
  beforeAll(async () => {
    intercom = await startFakeIntercom({ lagMs: { min: 0, max: 0 } });
    started.defer(() => intercom.close());
  });
  const check = (document: { readonly intercom?: object }, token = "local-intercom-token") =>
    createIntercomAccount({ baseUrlOverride: intercom.url, clock: Date }).check(
      productWith(document, { "intercom/access-token": [token] }),
    );

  it("knows an admin by the token of the workspace, and tells a wrong token from a wrong admin", async () => {
    expect(await check({})).toEqual({ kind: "known", name: "Throughline" });
    expect(await check({}, "nobodys")).toEqual({ kind: "token-refused" });
    expect(await check({ intercom: { admin_id: "1" } })).toEqual({ kind: "no-such-admin" });
  });

  it("is told from a server that is none", async () => {
    const server = await serveHttp(async ({ target }) => ({ status: target.startsWith("/x") ? 405 : 200, body: "Hi" }));
    started.defer(() => server.close());
    const product = productWith({}, { "intercom/access-token": ["secret"] });
    for (const baseUrlOverride of [server.url, `${server.url}/x`]) {
      const account = createIntercomAccount({ baseUrlOverride, clock: Date });
      expect(await account.check(product)).toEqual({ kind: "no-platform" });
    }
  });

  it("says nothing about credentials when it is down", async () => {
    intercom.fault({ name: "outage", count: 1 });
    await expect(check({})).rejects.toMatchObject({ name: "RetryableError" });
  });
});
