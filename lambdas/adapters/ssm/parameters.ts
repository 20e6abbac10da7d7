import { GetParametersCommand, type SSMClient } from "@aws-sdk/client-ssm";
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
