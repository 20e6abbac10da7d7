import * as z from "zod";
import { criteriaSchema } from "../proactive/criteria/criteria.ts";
import { configurationSchema } from "./configuration.ts";
import { writtenCriteriaSchema } from "./integration-config.ts";

/** The part of JSON Schema that describes a configuration document. */
export type JsonShape = {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonShape>>;
  readonly additionalProperties?: JsonShape;
  readonly items?: JsonShape;
  readonly anyOf?: readonly JsonShape[];
  readonly oneOf?: readonly JsonShape[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonShape>>;
};

/** The JSON Schema of a product's configuration document as operators write it, for editors and validators. */
export function documentJsonSchema(): JsonShape {
  const target = "draft-2020-12";
  const {
    $schema: _,
    $defs: criteriaDefinitions,
    ...criteria
  } = z.toJSONSchema(criteriaSchema, { io: "input", target });
  const schema = z.toJSONSchema(configurationSchema, {
    io: "input",
    target,
    override: ({ zodSchema, jsonSchema }) => {
      if ((zodSchema as unknown) === writtenCriteriaSchema) Object.assign(jsonSchema, criteria);
    },
  });
  return { ...schema, $defs: { ...schema.$defs, ...criteriaDefinitions } } as JsonShape;
}
