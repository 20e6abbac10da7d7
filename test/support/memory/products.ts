import type { Product, Products } from "../../../lambdas/app/ports.ts";

export type MemoryProducts = Products & {
  /** Adds a product, or replaces it as an operator does who edits its parameters. */
  put(product: Product): void;
};

export function createMemoryProducts(...initial: readonly Product[]): MemoryProducts {
  const products = new Map(initial.map((product) => [product.productId, product]));
  return {
    find: async (productId) => products.get(productId),
    put: (product) => {
      products.set(product.productId, product);
    },
  };
}
