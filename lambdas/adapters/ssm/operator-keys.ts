import type { SSMClient } from "@aws-sdk/client-ssm";
import type { Clock, Random, Telemetry } from "../../app/ports.ts";
import { parseSecret } from "../../domain/product/parameter-values.ts";
import { errorCode } from "../aws/failure.ts";
import { createRefreshingCache } from "../aws/refreshing-cache.ts";
import { readParameters } from "./parameters.ts";

/**
 * The values of the stage's operator key that are valid now, `<prefix>/operator/key`: none while there is no key. Read
 * again after about `ttlMs`.
 *
 * Rejects with RetryableError or TerminalError, only while the key was never read.
 */
export function createSsmOperatorKeys(options: {
  readonly client: SSMClient;
  /** E.g. `/throughline/prod`. */
  readonly prefix: string;
  readonly ttlMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
}): () => Promise<readonly string[]> {
  const name = `${options.prefix}/operator/key`;
  const keys = createRefreshingCache<readonly string[]>({
    ...options,
    onStale: (_, error) => options.telemetry.warn("operator_key.stale", { code: errorCode(error) }),
    load: async () => parseSecret((await readParameters(options.client, [name])).get(name) ?? ""),
  });
  return () => keys.get(name);
}
