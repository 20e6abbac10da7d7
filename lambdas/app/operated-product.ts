import type { Product, Products, Telemetry } from "./ports.ts";

export type OperatorPorts = {
  readonly products: Products;
  readonly telemetry: Telemetry;
  /** Constant time. */
  readonly verifyBearer: (authorization: string | undefined, keys: readonly string[]) => boolean;
};

/**
 * The product whose operator key the sender holds.
 *
 * @returns undefined when there is no such product, or it is not its key: the sender is not told which, after the same work
 * @throws what {@link Products.find} throws
 */
export async function operatedProduct(
  { products, telemetry, verifyBearer }: OperatorPorts,
  { productId, authorization }: { readonly productId: string; readonly authorization: string | undefined },
): Promise<Product | undefined> {
  const product = await products.find(productId);
  if (verifyBearer(authorization, product?.secrets["operator/key"] ?? []) && product) return product;
  // The id of a product that we know, or none: what a stranger sends does not belong in a log.
  telemetry.warn("operator.unauthorized", { product_id: product?.productId });
  return undefined;
}
