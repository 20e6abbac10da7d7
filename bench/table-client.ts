import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { region } from "../local/template/template.ts";
import type { System } from "./system.ts";

/** The bench's own way to the table: what goes there is nobody's whose requests are counted. Destroy it. */
export function tableClient({ cloud }: Pick<System, "cloud">): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: cloud.gateway.url,
    region,
    credentials: { accessKeyId: "bench", secretAccessKey: "local" },
  });
}
