import { CreateTableCommand, type CreateTableCommandInput, type DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** The actors' table as the stack makes it, without what only AWS does (TTL, backups). */
function actorTable(tableName: string): CreateTableCommandInput {
  return {
    TableName: tableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: "sk", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
  };
}

/** Creates the actors' table; for engines whose tables are active as soon as they exist. */
export async function createActorTable(client: DynamoDBClient, tableName: string): Promise<void> {
  await client.send(new CreateTableCommand(actorTable(tableName)));
}
