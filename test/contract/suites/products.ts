import { expect, test } from "vitest";
import type { Product, Products } from "../../../lambdas/app/ports.ts";
import { productWith } from "../../support/product.ts";

export type ProductsUnderTest = {
  readonly products: Products;
  /** Configures a product as an operator does: a document and the values of secrets. */
  configure(productId: string, document: object, secrets: Product["secrets"]): void;
};

/** What products do, whatever they are read from. */
export function productsContract(open: () => ProductsUnderTest): void {
  test("a product that nobody configured is unknown", async () => {
    const { products, configure } = open();
    configure("acme", {}, {});
    expect(await products.find("globex")).toBeUndefined();
  });

  test("a product has its document, defaults filled in, and the secrets that are set", async () => {
    const { products, configure } = open();
    const secrets = { "ingest/secret": ["new", "old"] };
    const document = { bin_seconds: 7, summary_threshold: 20 };
    configure("acme", document, secrets);
    const found = await products.find("acme");
    // A configuration holds functions too, and no two of these are equal.
    expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(JSON.stringify(productWith(document, secrets))));
    expect(found?.configuration.binSeconds).toBe(7);
  });

  test("two products do not share what they are", async () => {
    const { products, configure } = open();
    configure("acme", { bin_seconds: 1 }, { "ingest/secret": ["a"] });
    configure("globex", { bin_seconds: 2 }, { "ingest/secret": ["g"] });
    expect((await products.find("globex"))?.secrets).toEqual({ "ingest/secret": ["g"] });
    expect((await products.find("acme"))?.configuration.binSeconds).toBe(1);
  });
}
