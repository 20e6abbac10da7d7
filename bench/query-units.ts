import { QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import type { System } from "./system.ts";
import { tableClient } from "./table-client.ts";

/**
 * What DynamoDB bills for queries of the log: they are asked again, of rows that never change, and it says so itself.
 *
 * @param queries as they were asked.
 * @throws Error when it does not say.
 */
export async function unitsOfQueries(
  system: Pick<System, "cloud">,
  queries: readonly Readonly<Record<string, unknown>>[],
): Promise<number> {
  const client = tableClient(system);
  let units = 0;
  try {
    for (const query of queries) {
      const asked = { ...query, ReturnConsumedCapacity: "TOTAL" } as QueryCommandInput;
      const { ConsumedCapacity: consumed } = await client.send(new QueryCommand(asked));
      if (consumed?.CapacityUnits === undefined) throw new Error("A query did not say what it read");
      units += consumed.CapacityUnits;
    }
  } finally {
    client.destroy();
  }
  return units;
}
