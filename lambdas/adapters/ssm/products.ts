import type { SSMClient } from "@aws-sdk/client-ssm";
import {
  type Clock,
  type Product,
  type Products,
  type Random,
  RetryableError,
  type Secret,
  type Telemetry,
} from "../../app/ports.ts";
import type { ProductConfiguration } from "../../domain/product/configuration.ts";
import { parseIndex, parseSecret } from "../../domain/product/parameter-values.ts";
import { errorCode } from "../aws/failure.ts";
import { createRefreshingCache } from "../aws/refreshing-cache.ts";
import { defaultConfiguration, isProblem, readConfiguration } from "./configuration-document.ts";
import { readParameters } from "./parameters.ts";

type Read = {
  /** Undefined while no document of this product was ever right. */
  readonly configuration: ProductConfiguration | undefined;
  readonly secrets: Product["secrets"];
};

/**
 * Products as the stage's SSM parameters describe them: `<prefix>/product-ids`, and for each product
 * `<prefix>/products/<id>/config` with its secrets beside it. Read at most once in about `ttlMs` each, so a change is
 * noticed that much later. While SSM fails, what was read before is served.
 *
 * A configuration that cannot be used never costs a batch: the last good one stays in use, the problem is logged as
 * `configuration.rejected` and counted for the alarm. A function that has seen none that was good does as
 * `brokenConfiguration` says: `fail` rejects (the worker: its messages come back until the document is repaired),
 * `defaults` goes on (the receivers: all they need is the secret that checks a signature).
 *
 * A secret that is not set has no key in `secrets`; one that is set to blanks has the key and no value, so that
 * nothing can match it.
 *
 * `find` throws RetryableError and TerminalError.
 */
export function createSsmProducts(options: {
  readonly client: SSMClient;
  /** E.g. `/throughline/prod`. */
  readonly prefix: string;
  /** The secrets that this function may read. */
  readonly secrets: readonly Secret[];
  readonly brokenConfiguration: "fail" | "defaults";
  readonly ttlMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
}): Products {
  const { client, prefix, secrets, telemetry } = options;
  const lastGood = new Map<string, ProductConfiguration>();

  const configurationOf = (productId: string, document: string | undefined): ProductConfiguration | undefined => {
    const read = readConfiguration(document);
    if (!isProblem(read)) {
      for (const entry of read.skipped) {
        telemetry.warn("configuration.entry_skipped", { product_id: productId, ...entry });
      }
      lastGood.set(productId, read.configuration);
      return read.configuration;
    }
    telemetry.error("configuration.rejected", { product_id: productId, ...read });
    telemetry.count("configuration.rejected", productId);
    return lastGood.get(productId);
  };

  const products = createRefreshingCache<Read>({
    ...options,
    onStale: (productId, error) =>
      telemetry.warn("configuration.stale", { product_id: productId, code: errorCode(error) }),
    load: async (productId) => {
      const base = `${prefix}/products/${productId}`;
      const values = await readParameters(client, [`${base}/config`, ...secrets.map((name) => `${base}/${name}`)]);
      const known = secrets.flatMap((name) => {
        const value = values.get(`${base}/${name}`);
        return value === undefined ? [] : [[name, parseSecret(value)] as const];
      });
      return {
        configuration: configurationOf(productId, values.get(`${base}/config`)),
        secrets: Object.fromEntries(known),
      };
    },
  });

  const indexName = `${prefix}/product-ids`;
  const index = createRefreshingCache<ReadonlySet<string>>({
    ...options,
    onStale: (_, error) => telemetry.warn("product_index.stale", { code: errorCode(error) }),
    load: async () => {
      const value = (await readParameters(client, [indexName])).get(indexName);
      // Deleted by mistake is no reason to answer 404 to every customer.
      if (value === undefined) throw new RetryableError("failed", `The parameter ${indexName} does not exist`);
      return parseIndex(value);
    },
  });

  return {
    find: async (productId) => {
      if (!(await index.get(indexName)).has(productId)) return undefined;
      const read = await products.get(productId);
      const configuration =
        read.configuration ?? (options.brokenConfiguration === "defaults" ? defaultConfiguration() : undefined);
      if (!configuration) throw new RetryableError("failed", `Product ${productId} has no usable configuration`);
      return { productId, configuration, secrets: read.secrets };
    },
  };
}
