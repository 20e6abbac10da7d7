import type { Product } from "../lambdas/app/ports.ts";
import { listProducts } from "../lambdas/app/product-index.ts";
import { productIdSchema } from "../lambdas/domain/actor/actor.ts";
import { toConfiguration } from "../lambdas/domain/product/configuration.ts";
import { type ProductSecretName, parameterName, productSecrets } from "../lambdas/domain/product/parameter-names.ts";
import { parseSecret } from "../lambdas/domain/product/parameter-values.ts";
import type { Context } from "./context.ts";
import { CommandError, UsageError } from "./errors.ts";
import { readStoredDocument, type StoredDocument } from "./stored-document.ts";

/** All that stands in SSM about a product. */
export type StoredProduct = StoredDocument & {
  readonly productId: string;
  readonly listed: boolean;
  readonly secrets: Readonly<Record<ProductSecretName, readonly string[]>>;
};

/** @throws UsageError for what can be no product's id. */
export function productIdOf(given: string): string {
  if (!productIdSchema.safeParse(given).success) {
    throw new UsageError(`"${given}" is no product id: 1 to 64 of A-Z a-z 0-9 _ -`);
  }
  return given;
}

/** @throws CommandError when nothing at all is known of it. */
export async function readStoredProduct({ parameters, stage }: Context, given: string): Promise<StoredProduct> {
  const productId = productIdOf(given);
  const secretName = (secret: ProductSecretName) => parameterName.secret(productId, secret);
  const configuration = parameterName.configuration(productId);
  const [ids, values] = await Promise.all([
    listProducts(parameters),
    parameters.read([configuration, ...productSecrets.map(secretName)]),
  ]);
  if (!ids.has(productId) && values.size === 0) throw new CommandError(`There is no product ${productId} in ${stage}`);
  const valuesOf = (secret: ProductSecretName) => [secret, parseSecret(values.get(secretName(secret)) ?? "")] as const;
  return {
    productId,
    listed: ids.has(productId),
    ...readStoredDocument(values.get(configuration)),
    secrets: Object.fromEntries(productSecrets.map(valuesOf)) as StoredProduct["secrets"],
  };
}

/** The product as the functions see it; undefined while its document is broken. */
export function toProduct({ productId, document, secrets }: StoredProduct): Product | undefined {
  return document && { productId, configuration: toConfiguration(document), secrets };
}
