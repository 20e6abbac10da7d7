import { listProducts } from "../../lambdas/app/product-index.ts";
import { parameterName } from "../../lambdas/domain/product/parameter-names.ts";
import type { Command } from "../command.ts";
import { readStoredDocument } from "../stored-document.ts";

export const productList: Command = {
  path: ["product", "list"],
  summary: "List the products of a stage",
  positionals: [],
  options: {},
  details: [],
  run: async ({ parameters, stage }) => {
    const ids = [...(await listProducts(parameters))].sort();
    const documents = await parameters.read(ids.map(parameterName.configuration));
    const products = ids.map((productId) => {
      const { problems } = readStoredDocument(documents.get(parameterName.configuration(productId)));
      return { product_id: productId, configuration: problems.length === 0 ? "ok" : "broken" };
    });
    return {
      ok: true,
      json: { stage, products },
      text:
        products.length === 0
          ? [`No products in ${stage}. Add one with: throughline product add <product>`]
          : products.map(
              ({ product_id, configuration }) =>
                `${product_id}${configuration === "ok" ? "" : "  (configuration is broken)"}`,
            ),
    };
  },
};
