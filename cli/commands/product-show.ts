import { productAddresses } from "../../lambdas/adapters/intercom/product-addresses.ts";
import type { Command } from "../command.ts";
import { readStoredProduct } from "../known-product.ts";
import { problemLines } from "../problem-lines.ts";

export const productShow: Command = {
  path: ["product", "show"],
  summary: "Show a product's configuration and which secrets are set, but no secret",
  positionals: ["product"],
  options: {},
  details: ["The configuration is shown with its defaults."],
  run: async (context, given) => {
    const product = await readStoredProduct(context, given.positional("product"));
    const { apiUrl } = await context.deployment();
    const { productId, listed, document, problems } = product;
    const secrets = Object.entries(product.secrets).map(([name, values]) => ({ name, values: values.length }));
    const addresses = productAddresses(apiUrl, productId);
    return {
      ok: true,
      json: { product_id: productId, listed, ...addresses, secrets, configuration: document ?? null, problems },
      text: [
        `Product ${productId}${listed ? "" : " (not on the list of products: nothing is accepted for it)"}`,
        "",
        `  Actions are pushed to  ${addresses.actions_url}`,
        `  Intercom's webhook     ${addresses.chat_webhook_url}`,
        "",
        "Secrets:",
        ...secrets.map(({ name, values }) => `  ${name.padEnd(22)}  ${secretState(values)}`),
        "",
        "Configuration:",
        ...(document
          ? JSON.stringify(document, undefined, 2)
              .split("\n")
              .map((line) => `  ${line}`)
          : problemLines(problems)),
      ],
    };
  },
};

function secretState(values: number): string {
  if (values === 0) return "not set";
  return values === 1 ? "set" : `${values} values: a rotation is not finished`;
}
