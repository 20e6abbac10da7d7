import { GetParametersCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { productIdSchema } from "../../domain/actor/actor.ts";
import { calling } from "../aws/failure.ts";

/**
 * Reads parameters by name in one request, decrypted. Names rather than a path, because a function may read only the
 * secrets that it needs, and a path is granted as a whole. What does not exist is absent from the answer.
 *
 * @param names at most ten (GetParameters, API reference).
 * @throws RetryableError, TerminalError
 */
export async function readParameters(
  client: SSMClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const command = new GetParametersCommand({ Names: [...names], WithDecryption: true });
  const { Parameters: parameters = [] } = await calling("GetParameters", "read", () => client.send(command));
  return new Map(parameters.map(({ Name: name = "", Value: value = "" }) => [name, value]));
}

/**
 * The product ids of the index, a comma or a white space apart: what an SSM `StringList` holds, and what a person types
 * one a line. What is no product id is no product: SSM refuses an empty value, so an index without products says so in
 * words.
 */
export function parseIndex(value: string): ReadonlySet<string> {
  return new Set(value.split(/[\s,]+/).filter((id) => productIdSchema.safeParse(id).success));
}

/** The values of a secret, one a line: two while it is rotated. */
export function parseSecret(value: string): readonly string[] {
  return value
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
