import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { ResolvedResource } from "../template/stack.ts";
import { ignored, readSettings } from "./settings.ts";

const schema = z.strictObject({
  TableName: ignored,
  AttributeDefinitions: z.array(z.unknown()),
  KeySchema: z.array(z.unknown()),
  BillingMode: z.literal("PAY_PER_REQUEST"),
  GlobalSecondaryIndexes: z.array(z.unknown()).optional(),
  LocalSecondaryIndexes: z.array(z.unknown()).optional(),
  // The emulator knows none of these: expiry is the reader's business, for DynamoDB deletes days late.
  TimeToLiveSpecification: ignored,
  PointInTimeRecoverySpecification: ignored,
  SSESpecification: ignored,
  DeletionProtectionEnabled: ignored,
  ContributorInsightsSpecification: ignored,
  TableClass: ignored,
  Replicas: ignored,
  Tags: ignored,
});

/** The CreateTable request for a table of the template. */
export function createTableInput(resource: ResolvedResource): CreateTableCommandInput {
  const { AttributeDefinitions, KeySchema, BillingMode, GlobalSecondaryIndexes, LocalSecondaryIndexes } = readSettings(
    resource,
    schema,
  );
  return {
    TableName: resource.name,
    AttributeDefinitions,
    KeySchema,
    BillingMode,
    ...(GlobalSecondaryIndexes ? { GlobalSecondaryIndexes } : {}),
    ...(LocalSecondaryIndexes ? { LocalSecondaryIndexes } : {}),
  } as CreateTableCommandInput;
}
