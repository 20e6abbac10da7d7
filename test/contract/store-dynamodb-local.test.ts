import { describe, expect, test } from "vitest";
import { forwardTo } from "../../local/aws-protocol.ts";
import { hasJava, startDynamoDbLocal } from "../support/dynamo-db-local.ts";
import { dynamoContract } from "./suites/dynamo-store.ts";

const java = hasJava();

test("AWS's own engine is here to be tested against, or this is no CI", () => {
  if (!java) process.stderr.write("No Java 17: the store was not tested on DynamoDB Local.\n");
  expect(java || process.env.CI !== "true").toBe(true);
});

describe.runIf(java)("the store on DynamoDB Local", () => {
  dynamoContract(async () => {
    const { endpoint, close } = await startDynamoDbLocal();
    const connection = forwardTo(endpoint);
    return {
      backend: connection.backend,
      close: async () => {
        connection.close();
        await close();
      },
    };
  });
});
