import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";

/** Resolves to whether the condition of a write was met. */
export async function whetherMet(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
