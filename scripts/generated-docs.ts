import { documentJsonSchema } from "../lambdas/domain/product/document-schema.ts";
import { configurationPage } from "./configuration-page.ts";

/** What is generated into docs/, by path in the repository. */
export function generatedDocs(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/configuration.md", configurationPage()],
    ["docs/product-configuration.schema.json", `${JSON.stringify(documentJsonSchema(), undefined, 2)}\n`],
  ]);
}
