import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { openApiDocument, openApiYaml } from "../../scripts/openapi/document.ts";
import { routeOf } from "../../scripts/openapi/operation.ts";
import { operations } from "../../scripts/openapi/operations.ts";

/** What stands in the file, its references resolved. */
async function described() {
  const validator = new Validator();
  const result = await validator.validate(parse(openApiYaml()));
  return { ...result, version: validator.version, document: validator.resolveRefs() as Described };
}

type Content = {
  /** By content type: of each, there is one. */
  readonly content?: Readonly<
    Record<
      string,
      {
        readonly schema: z.core.JSONSchema.JSONSchema;
        readonly example?: unknown;
        readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
      }
    >
  >;
};
type Described = {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<string, { readonly requestBody?: Content; readonly responses: Readonly<Record<string, Content>> }>
      >
    >
  >;
};

/** Where the document shows something, the schema that stands there, and what it shows. */
function shown({ paths }: Described) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody, responses }]) =>
      Object.entries({ ...responses, ...(requestBody && { request: requestBody }) }).flatMap(([name, { content }]) => {
        return Object.values(content ?? {}).flatMap(({ schema, example, examples }) => {
          const values = examples ? Object.values(examples).map(({ value }) => value) : [example];
          return values.map((value) => ({ at: `${method} ${path} ${name}`, schema, value }));
        });
      }),
    ),
  );
}

describe("docs/openapi.yaml", () => {
  it("is a valid OpenAPI 3.1 document", async () => {
    expect(await described()).toMatchObject({ valid: true, version: "3.1" });
  });

  it("shows examples that its own schemas accept", async () => {
    const { document } = await described();
    const wrong = shown(document).flatMap(({ at, schema, value }) => {
      const { error } = z.fromJSONSchema(schema).safeParse(value);
      return error ? [`${at}: ${z.prettifyError(error)}`] : [];
    });
    expect(shown(document).length).toBeGreaterThan(operations.length);
    expect(wrong).toEqual([]);
  });

  it("names the schemas that recur, and says of every operation something of its own", () => {
    const { components } = openApiDocument();
    expect(Object.keys(components.schemas)).toEqual(["ActionBatch", "Invalid", "Problem"]);
    const ids = operations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe.each(operations.map((operation) => [routeOf(operation), operation] as const))("%s", (_, operation) => {
  it("shows examples that the functions' own schemas take", () => {
    const { body, parameters, answers } = operation;
    for (const example of Object.values(body?.examples ?? {})) body?.schema.parse(example);
    for (const { schema, example } of parameters) schema.parse(example);
    for (const answer of Object.values(answers)) answer.body?.parse(answer.example);
    expect(Object.keys(answers).length).toBeGreaterThan(0);
  });

  it("describes each variable of its path, and nothing else as one", () => {
    const variables = [...operation.path.matchAll(/\{(\w+\+?)\}/g)].map(([, name]) => name);
    expect(operation.parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name)).toEqual(
      variables,
    );
  });
});
