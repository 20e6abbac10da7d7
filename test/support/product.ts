import type { Product } from "../../lambdas/app/ports.ts";
import { configurationSchema, toConfiguration } from "../../lambdas/domain/product/configuration.ts";

/** A product with every default but summaries, which would take notes away; an admin `9001` and one access token. `document` is laid over the defaults. */
export function productWith(
  document: { readonly intercom?: object; readonly [key: string]: unknown } = {},
  secrets: Product["secrets"] = { "intercom/access-token": ["local-intercom-token"] },
): Product {
  const intercom = { admin_id: "9001", ...document.intercom };
  return {
    productId: "acme",
    configuration: toConfiguration(configurationSchema.parse({ summary_threshold: 0, ...document, intercom })),
    secrets,
  };
}
