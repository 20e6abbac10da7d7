import * as z from "zod";
import { criteriaSchema } from "../proactive/criteria/criteria.ts";
import { triggerRowSchema } from "../proactive/trigger-row.ts";
import { configurationSchema } from "./configuration.ts";
import { writtenCriteriaSchema } from "./integration-config.ts";
import { writtenTriggerRowSchema } from "./proactive-settings.ts";

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

/** What the document keeps as it is written, and by what it is checked. */
const kept: readonly { readonly written: z.ZodType; readonly checked: z.ZodType }[] = [
  { written: writtenCriteriaSchema, checked: criteriaSchema },
  { written: writtenTriggerRowSchema, checked: triggerRowSchema },
];

/** The JSON Schema of a product's configuration document as operators write it, for editors and validators. */
export function documentJsonSchema(): JsonShape {
  const options = { io: "input", target: "draft-2020-12" } as const;
  const shapes = kept.map(({ written, checked }) => {
    const { $schema: _, $defs = {}, ...shape } = z.toJSONSchema(checked, options);
    return { written, shape, $defs };
  });
  const schema = z.toJSONSchema(configurationSchema, {
    ...options,
    override: ({ zodSchema, jsonSchema }) => {
      const found = shapes.find(({ written }) => (zodSchema as unknown) === written);
      if (found) Object.assign(jsonSchema, found.shape);
    },
  });
  return { ...schema, $defs: Object.assign({}, schema.$defs, ...shapes.map(({ $defs }) => $defs)) } as JsonShape;
}
