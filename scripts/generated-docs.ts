import { documentJsonSchema } from "../lambdas/domain/product/document-schema.ts";
import { configurationPage } from "./configuration-page.ts";
import { eventsJsonSchema, eventsPage } from "./events-page.ts";
import { openApiYaml } from "./openapi/document.ts";

/** What is generated into docs/, by path in the repository. */
export function generatedDocs(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/configuration.md", configurationPage()],
    ["docs/product-configuration.schema.json", jsonText(documentJsonSchema())],
    ["docs/events.md", eventsPage()],
    ["docs/events.schema.json", jsonText(eventsJsonSchema())],
    ["docs/openapi.yaml", openApiYaml()],
  ]);
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
