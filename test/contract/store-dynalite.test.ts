import { describe } from "vitest";
import { startDynamoDb } from "../../local/emulators/dynamodb.ts";
import { dynamoContract } from "./suites/dynamo-store.ts";

describe("the store on dynalite", () => {
  dynamoContract(() => startDynamoDb({ accessKeyId: "test", secretAccessKey: "test" }));
});
