import * as z from "zod";
import { configurationSchema } from "../lambdas/domain/product/configuration.ts";
import { parameterName, productSecrets } from "../lambdas/domain/product/parameter-names.ts";

type Shape = {
  readonly type?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Shape>>;
};

/** The JSON Schema of a product's configuration document, for editors and validators. */
export function configurationJsonSchema(): object {
  return z.toJSONSchema(configurationSchema, { io: "input", target: "draft-2020-12" });
}

const secretEffects: Readonly<Record<(typeof productSecrets)[number], string>> = {
  "intercom/access-token": "With it notes are posted and conversations read.",
  "intercom/client-secret": "With it Intercom signs its webhooks.",
  "intercom/identity-secret":
    "With it your server vouches for a page's user; needed when `identity_verification` is on.",
  "ingest/secret": "With it senders sign batches of actions. Made up by `product add`.",
  "operator/key": "Opens what operators may ask of the product. Made up by `product add`.",
};

/** `docs/configuration.md`: every parameter, and every key of the document with default, unit and effect. */
export function configurationPage(): string {
  const schema = configurationJsonSchema() as Shape;
  const product = "<product>";
  return [
    "# Configuration",
    "",
    "<!-- Written by `npm run docs` from lambdas/domain/product/configuration.ts; a test fails when it is stale. -->",
    "",
    "A stage is configured by SSM parameters under `/throughline/<stage>`. A change takes effect within 60 s, without a",
    "deployment. The [command line](command-line.md) writes and checks all of them.",
    "",
    "## Parameters",
    "",
    "| name below `/throughline/<stage>/` | type | effect |",
    "| --- | --- | --- |",
    `| \`${parameterName.index}\` | String | The ids of the products, separated by commas. What is not listed is answered 401. |`,
    "| `deployment` | String | Where the deployment has its things. Written by each deployment; change nothing here. |",
    `| \`${parameterName.operatorKey}\` | SecureString | Opens \`POST /products\`. There is none until \`operator-key\` makes one. |`,
    `| \`${parameterName.configuration(product)}\` | String | The product's document, JSON: see below. |`,
    ...productSecrets.map(
      (secret) => `| \`${parameterName.secret(product, secret)}\` | SecureString | ${secretEffects[secret]} |`,
    ),
    "",
    "A secret may hold two values, one a line, while it is rotated: both are valid, and the first is the newer one.",
    "",
    "## The product's document",
    "",
    "Every key may be left out but `intercom.admin_id`. Unknown keys mean nothing; `product check` points at them. A",
    "document that is broken is not used: the last good one stays in effect, and an alarm says so.",
    "[product-configuration.schema.json](product-configuration.schema.json) describes it to editors.",
    "",
    "| key | default | allowed | effect |",
    "| --- | --- | --- | --- |",
    ...rows(schema, []),
    "",
    "The smallest document:",
    "",
    "```json",
    '{ "intercom": { "admin_id": "9001" } }',
    "```",
    "",
  ].join("\n");
}

function rows({ properties = {} }: Shape, path: readonly string[]): readonly string[] {
  return Object.entries(properties).flatMap(([key, shape]) => {
    const at = [...path, key];
    if (shape.properties) return rows(shape, at);
    return [`| \`${at.join(".")}\` | ${defaultText(shape)} | ${allowedText(shape)} | ${shape.description ?? ""} |`];
  });
}

function defaultText({ default: value, unit }: Shape): string {
  if (value === undefined) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `\`${text}\`${unit ? ` ${unit}` : ""}`;
}

function allowedText({ enum: values, minimum, maximum, type = "", unit }: Shape): string {
  if (values) return values.map((value) => `\`${value}\``).join(", ");
  if (minimum === undefined || maximum === undefined) return type === "string" ? "text" : type;
  return `${minimum} to ${maximum}${unit ? ` ${unit}` : ""}`;
}
