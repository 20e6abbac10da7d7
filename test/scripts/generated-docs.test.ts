import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commands } from "../../cli/commands.ts";
import { readStoredDocument } from "../../cli/stored-document.ts";
import { configurationSchema } from "../../lambdas/domain/product/configuration.ts";
import { documentJsonSchema } from "../../lambdas/domain/product/document-schema.ts";
import { exampleWithOffers } from "../../scripts/configuration-page.ts";
import { generatedDocs } from "../../scripts/generated-docs.ts";

const read = (file: string) => readFileSync(join(import.meta.dirname, "../..", file), "utf8");

it.each([...generatedDocs()])("%s is what npm run docs writes", (file, content) => {
  expect(read(file)).toBe(content);
});

it("docs/configuration.md tells the effect of every key", () => {
  const keys = leaves(configurationSchema.parse({ intercom: { admin_id: "9001" } }));
  const page = generatedDocs().get("docs/configuration.md") ?? "";
  const told = page.split("\n").flatMap((line) => /^\| `([\w.]+)` \| .* \| .* \| \S.* \|$/.exec(line)?.[1] ?? []);
  expect(keys.filter((key) => !told.includes(key))).toEqual([]);
});

it("docs/configuration.md shows offers that nothing is to be said against", () => {
  const { problems, warnings } = readStoredDocument(JSON.stringify(exampleWithOffers));
  expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
});

it("the JSON Schema knows offers and tours by their newer and older names, and criteria in their depth", () => {
  const { properties, $defs } = documentJsonSchema();
  const intercom = JSON.stringify(properties?.integration_config?.properties?.proactive_intercom);
  for (const name of ["proactive_criteria", "user_tour_exists", "user_tour_id", "offers_tour", "flow_id"]) {
    expect(intercom).toContain(`"${name}"`);
  }
  const references = JSON.stringify({ properties, $defs }).match(/#\/\$defs\/\w+/g) ?? [];
  expect(references.length).toBeGreaterThan(1);
  for (const reference of references) expect($defs).toHaveProperty([reference.replace("#/$defs/", "")]);
});

it("docs/command-line.md has a section for every command", () => {
  const page = read("docs/command-line.md");
  expect(commands.filter(({ path }) => !page.includes(`\n### ${path.join(" ")}\n`)).map(({ path }) => path)).toEqual(
    [],
  );
});

function leaves(value: object, path: readonly string[] = []): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? leaves(inner, [...path, key])
      : [[...path, key].join(".")],
  );
}
