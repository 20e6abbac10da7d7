import { describe } from "vitest";
import { createMemoryProducts } from "../support/memory/products.ts";
import { productWith } from "../support/product.ts";
import { productsContract } from "./suites/products.ts";

describe("products in memory", () => {
  productsContract(() => {
    const products = createMemoryProducts();
    return {
      products,
      configure: (productId, document, secrets) =>
        products.put({ ...productWith({ ...document }, secrets), productId }),
    };
  });
});
