import type { Product, Products } from "../../../lambdas/app/ports.ts";
import { configurationSchema, toConfiguration } from "../../../lambdas/domain/product/configuration.ts";

export type MemoryProducts = Products & {
  /** Adds a product, or replaces it as an operator does who edits its parameters. */
  put(product: Product): void;
};

/** A product whose configuration is the document's, every default filled in. */
export function productOf(productId: string, document: object = {}, secrets: Product["secrets"] = {}): Product {
  const parsed = configurationSchema.parse({ intercom: { admin_id: "9001" }, ...document });
  return { productId, configuration: toConfiguration(parsed), secrets };
}

export function createMemoryProducts(...initial: readonly Product[]): MemoryProducts {
  const products = new Map(initial.map((product) => [product.productId, product]));
  return {
    find: async (productId) => products.get(productId),
    put: (product) => {
      products.set(product.productId, product);
    },
  };
}
