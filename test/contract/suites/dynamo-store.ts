import { type AttributeValue, DeleteItemCommand, DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientSettings } from "../../../lambdas/adapters/aws/client-settings.ts";
import { createDynamoActorStore } from "../../../lambdas/adapters/dynamodb/actor-store.ts";
import { systemRandom } from "../../../lambdas/adapters/system/random.ts";
import type { Actor } from "../../../lambdas/domain/actor/actor.ts";
import { activitySortKey, partitionKey, stateSortKey } from "../../../lambdas/domain/actor/keys.ts";
import type { AwsCall, Backend } from "../../../local/aws-protocol.ts";
import type { Gateway } from "../../../local/gateway.ts";
import { startAwsGateway } from "../../support/aws-gateway.ts";
import { collect } from "../../support/collect.ts";
import { createActorTable } from "../../support/dynamo-table.ts";
import { actorStoreContract, allRows, commitOf, LOADED_AT, newSession, rowOf } from "./actor-store.ts";
import { dynamoAnswerClaimsContract } from "./answer-claims.ts";
import { dynamoOfferGuardsContract } from "./offer-guards.ts";
import { dynamoProductFeedContract } from "./product-feed.ts";
import { productGuardsContract } from "./product-guards.ts";

export type DynamoEngine = { readonly backend: Backend; close(): Promise<void> };

const tableName = "actors";

/** The DynamoDB adapters over the network, on a given engine. */
export function dynamoContract(start: () => Promise<DynamoEngine>): void {
  let engine: DynamoEngine;
  let gateway: Gateway;
  let client: DynamoDBClient;

  beforeAll(async () => {
    engine = await start();
    const started = await startAwsGateway();
    gateway = started.gateway;
    gateway.connect("dynamodb", engine.backend);
    client = new DynamoDBClient(started.client);
    await createActorTable(client, tableName);
  });

  afterAll(async () => {
    client?.destroy();
    await gateway?.close();
    await engine?.close();
  });

  const open = () => createDynamoActorStore({ client, tableName, random: systemRandom });
  const keyOf = (actor: Actor, sk: string): Record<string, AttributeValue> => ({
    pk: { S: partitionKey(actor) },
    sk: { S: sk },
  });
  const writesOf = (sk: string) => (call: AwsCall) =>
    (call.input.Item as { readonly sk: AttributeValue } | undefined)?.sk.S === sk;

  actorStoreContract(async () => ({
    store: open(),
    deleteItem: async (actor) => {
      await client.send(new DeleteItemCommand({ TableName: tableName, Key: keyOf(actor, stateSortKey) }));
    },
  }));

  productGuardsContract((clock) => ({ client, tableName, clock }));
  dynamoOfferGuardsContract(() => ({ client, tableName, gateway }));
  dynamoAnswerClaimsContract(() => ({ client, tableName, gateway }));
  dynamoProductFeedContract(() => ({ client, tableName, gateway }));

  describe("lost answers", () => {
    const loseAnswer = (sk: string) =>
      gateway.intercept({
        service: "dynamodb",
        operation: "PutItem",
        when: writesOf(sk),
        moment: "after",
        nth: 1,
        act: () => "drop",
      });

    test("an item whose answer was lost is committed once, when the SDK has repeated it", async () => {
      const actor = newSession();
      for (const version of [0, 1]) {
        const interception = loseAnswer(stateSortKey);
        expect(await open().commit(actor, commitOf({ version }))).toBe("committed");
        await interception.struck;
        expect(interception.matches()).toBe(2);
        interception.remove();
        expect((await open().load(actor, LOADED_AT)).version).toBe(version + 1);
      }
    });

    test("a row whose answer was lost is written once, when the SDK has repeated it", async () => {
      const actor = newSession();
      const interception = loseAnswer(activitySortKey(1));
      expect(await open().commit(actor, commitOf({ rows: [rowOf(1)] }))).toBe("committed");
      expect(interception.matches()).toBe(2);
      interception.remove();
      expect(await collect(open().activity(actor, allRows))).toEqual([rowOf(1)]);
    });

    test("an item whose every answer was lost is uncertain, and a turn on the old version conflicts", async () => {
      const actor = newSession();
      const interception = gateway.intercept({
        service: "dynamodb",
        operation: "PutItem",
        when: writesOf(stateSortKey),
        moment: "after",
        act: () => "drop",
      });
      await expect(open().commit(actor, commitOf())).rejects.toMatchObject({
        name: "RetryableError",
        reason: "uncertain",
      });
      expect(interception.matches()).toBe(clientSettings.maxAttempts);
      interception.remove();
      expect(await open().commit(actor, commitOf())).toBe("conflict");
    });
  });

  describe("errors", () => {
    const failing = (operation: string, code: string, status: number) =>
      gateway.intercept({
        service: "dynamodb",
        operation,
        moment: "before",
        act: () => ({ fail: { code, status, message: "secret text" } }),
      });

    test.each([
      ["ProvisionedThroughputExceededException", 400],
      ["InternalServerError", 500],
      ["AccessDeniedException", 400],
    ])("%s may pass, and says no more than its name", async (code, status) => {
      const interception = failing("GetItem", code, status);
      const load = open().load(newSession(), LOADED_AT);
      await expect(load).rejects.toMatchObject({
        name: "RetryableError",
        reason: "failed",
        message: `GetItem: ${code}`,
      });
      interception.remove();
    });

    test("a page that cannot be read ends the reading", async () => {
      const interception = failing("Query", "InternalServerError", 500);
      const reading = collect(open().activity(newSession(), allRows));
      await expect(reading).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
      interception.remove();
    });

    test("an item that is too large for DynamoDB will never be written", async () => {
      const commit = open().commit(newSession(), commitOf({ state: "x".repeat(420_000) }));
      await expect(commit).rejects.toMatchObject({ name: "TerminalError", reason: "rejected" });
    });
  });

  test("a row lives a day longer than the item, in whole seconds", async () => {
    const actor = newSession();
    await open().commit(actor, commitOf({ expiresAt: 1_000_001, rows: [rowOf(1)] }));
    const expiryOf = async (sk: string) =>
      (await client.send(new GetItemCommand({ TableName: tableName, Key: keyOf(actor, sk) }))).Item?.expiresAt;
    expect(await expiryOf(stateSortKey)).toEqual({ N: "1001" });
    expect(await expiryOf(activitySortKey(1))).toEqual({ N: String(1001 + 86_400) });
  });
}
