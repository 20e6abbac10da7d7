import { randomUUID } from "node:crypto";
import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { createDynamoAnswerClaims } from "../../../lambdas/adapters/dynamodb/answer-claims.ts";
import type { AnswerClaims } from "../../../lambdas/app/language-ports.ts";
import { claimKey, claimSortKey } from "../../../lambdas/domain/actor/keys.ts";
import type { Gateway } from "../../../local/gateway.ts";

const NOW = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

const messageOf = (more: Partial<Parameters<AnswerClaims["claim"]>[0]> = {}) => ({
  productId: "acme",
  conversationId: "c1",
  messageId: randomUUID(),
  sessionId: "one",
  now: NOW,
  ...more,
});

/** What claims to messages do, wherever they are kept. */
export function answerClaimsContract(open: () => AnswerClaims): void {
  let claims: AnswerClaims;
  beforeAll(() => {
    claims = open();
  });

  test("the first session that asks for a message gets it, however often it asks, and no other does", async () => {
    const message = messageOf();
    expect(await claims.claim(message)).toBe(true);
    expect(await claims.claim({ ...message, sessionId: "other" })).toBe(false);
    expect(await claims.claim({ ...message, now: NOW + 60_000 })).toBe(true);
    expect(await claims.claim({ ...message, sessionId: "other", now: NOW + 60_000 })).toBe(false);
  });

  test("of many sessions at once, one gets the message", async () => {
    const message = messageOf();
    const sessions = Array.from({ length: 20 }, () => randomUUID());
    const got = await Promise.all(sessions.map((sessionId) => claims.claim({ ...message, sessionId })));
    expect(got.filter(Boolean)).toHaveLength(1);
  });

  test("messages are claimed apart, by product, conversation and id", async () => {
    const message = messageOf();
    const others = [
      message,
      { ...message, productId: "globex" },
      { ...message, conversationId: "c2" },
      { ...message, messageId: randomUUID() },
    ];
    for (const [at, other] of others.entries()) {
      expect(await claims.claim({ ...other, sessionId: `session-${at}` })).toBe(true);
    }
  });

  test("a claim is over after a day", async () => {
    const message = messageOf();
    await claims.claim(message);
    expect(await claims.claim({ ...message, sessionId: "other", now: NOW + DAY_MS - 1_000 })).toBe(false);
    expect(await claims.claim({ ...message, sessionId: "other", now: NOW + DAY_MS })).toBe(true);
  });
}

/** The same in DynamoDB, and what only a store does. */
export function dynamoAnswerClaimsContract(
  table: () => { readonly client: DynamoDBClient; readonly tableName: string; readonly gateway: Gateway },
): void {
  const open = (): AnswerClaims => createDynamoAnswerClaims(table());

  describe("claims to messages", () => {
    answerClaimsContract(open);

    test("an item leaves by its time to live, and says neither who wrote nor whose session it is", async () => {
      const message = messageOf({ sessionId: "jane@example.com" });
      await open().claim(message);
      const { client, tableName } = table();
      const key = { pk: { S: claimKey(message) }, sk: { S: claimSortKey } };
      const { Item: item } = await client.send(new GetItemCommand({ TableName: tableName, Key: key }));
      expect(item?.expiresAt).toEqual({ N: String((NOW + DAY_MS) / 1_000) });
      expect(JSON.stringify(item)).not.toContain("jane");
    });

    test("a claim whose answer was lost is got all the same, when the SDK has repeated it", async () => {
      const message = messageOf();
      const interception = table().gateway.intercept({
        service: "dynamodb",
        operation: "PutItem",
        when: ({ input }) => (input.Item as { readonly pk: { readonly S: string } }).pk.S === claimKey(message),
        moment: "after",
        nth: 1,
        act: () => "drop",
      });
      expect(await open().claim(message)).toBe(true);
      expect(interception.matches()).toBe(2);
      interception.remove();
    });

    test("a claim that cannot be written says so", async () => {
      const absent = createDynamoAnswerClaims({ client: table().client, tableName: "absent" });
      await expect(absent.claim(messageOf())).rejects.toMatchObject({ name: "RetryableError" });
    });
  });
}
