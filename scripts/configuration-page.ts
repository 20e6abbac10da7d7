import { documentJsonSchema, type JsonShape } from "../lambdas/domain/product/document-schema.ts";
import { parameterName, productSecrets } from "../lambdas/domain/product/parameter-names.ts";

const secretEffects: Readonly<Record<(typeof productSecrets)[number], string>> = {
  "intercom/access-token": "With it notes are posted and conversations read.",
  "intercom/client-secret": "With it Intercom signs its webhooks.",
  "intercom/identity-secret":
    "With it your server vouches for a page's user; needed when `identity_verification` is on.",
  "ingest/secret": "With it senders sign batches of actions. Made up by `product add`.",
  "sources/posthog-secret": "With it PostHog's webhooks prove themselves ([sources.md](sources.md)).",
  "sources/fullstory-token": "With it FullStory's streams prove themselves ([sources.md](sources.md)).",
  "operator/key":
    "Opens what a chatbot and an operator may ask of the product: `POST /intercom/proactive/<product>`, `GET /context/…`, `GET /reply/…`, `POST /admin/reset/…` ([chatbots.md](chatbots.md)). Made up by `product add`.",
  "push/secret": "With it what goes to `push.url` is signed ([push.md](push.md)). Made up by `product add`.",
  "stream/secret":
    "With it the tokens of pages that listen are signed; nobody else needs to know it. Made up by `product add`.",
  "language/api-key": "The language model's endpoint asks for it, where `language.provider` is `openai`.",
  "knowledge-base/token": "The knowledge base's endpoint asks for it, where it is one of type `http`.",
};

/** As the page shows it; a test holds it to the schema. */
export const exampleWithOffers = {
  intercom: { admin_id: "9001" },
  integration_config: {
    proactive_intercom: [
      {
        id: "projects",
        name: "Wanders between projects",
        proactive_criteria: {
          id: "projects-undecided",
          name: "To and fro among projects",
          operator: "AND",
          conditions: [
            { id: "to-and-fro", name: "To and fro", type: "canonical_url_ping_pong" },
            { id: "in-projects", name: "In projects", type: "url_matches", pattern: "**/projects**" },
          ],
        },
        messages: [
          { id: "create", label: "Create a project", user_tour_exists: true, user_tour_id: "4711" },
          { id: "find", label: "Find a project" },
        ],
      },
    ],
    tour_registry: [
      { id: "create", user_tour_id: "4711", user_tour_name: "A first project", interaction_timeout_s: 60 },
    ],
  },
};

/** `docs/configuration.md`: every parameter, and every key of the document with default, unit and effect. */
export function configurationPage(): string {
  const schema = documentJsonSchema();
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
    "document that is broken is not used: the last good one stays in effect, and an alarm says so. What is broken in an entry",
    "of a list costs that entry alone, and in `integration_config`, which was written for another system, that key alone:",
    "`configuration.entry_skipped` in the log names it by its path.",
    "[product-configuration.schema.json](product-configuration.schema.json) describes it to editors.",
    "",
    "| key | default | allowed | effect |",
    "| --- | --- | --- | --- |",
    ...rows(schema, ""),
    "",
    "The smallest document:",
    "",
    "```json",
    '{ "intercom": { "admin_id": "9001" } }',
    "```",
    "",
    "One that offers help to users who wander between the pages of projects, and a tour to those who take it:",
    "",
    "```json",
    JSON.stringify(exampleWithOffers, undefined, 2),
    "```",
    "",
  ].join("\n");
}

/** A row for each key, a list's below its own as `list[].key`. Criteria are nested: the JSON Schema describes them. */
function rows(shape: JsonShape, path: string): readonly string[] {
  return Object.entries(shape.properties ?? {}).flatMap(([key, inner]) => {
    const at = path ? `${path}.${key}` : key;
    if (inner.properties) return rows(inner, at);
    // A kind of entry is known by the one value that its key may have.
    const effect = inner.description ?? (inner.const === undefined ? "" : shape.description) ?? "";
    const row = `| \`${at}\` | ${defaultText(inner)} | ${allowedText(inner)} | ${effect} |`;
    return [row, ...alternatives(inner).flatMap((one) => entryRows(one, at))];
  });
}

/** A list's entries may be of several kinds, and kinds share keys. */
function entryRows(shape: JsonShape, path: string): readonly string[] {
  if (shape.properties) return rows(shape, path);
  const kinds = shape.items ? alternatives(shape.items) : [];
  return [...new Set(kinds.flatMap((kind) => rows(kind, `${path}[]`)))];
}

function alternatives({ anyOf, oneOf, ...shape }: JsonShape): readonly JsonShape[] {
  return (anyOf ?? oneOf)?.flatMap(alternatives) ?? [shape];
}

function defaultText({ default: value, unit }: JsonShape): string {
  if (value === undefined) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `\`${text}\`${unit ? ` ${unit}` : ""}`;
}

function allowedText(shape: JsonShape): string {
  if (shape.$ref) return "criteria";
  return [...new Set(alternatives(shape).flatMap(kinds))].join(", ");
}

function kinds({ enum: values, const: only, minimum, maximum, type = [], unit }: JsonShape): readonly string[] {
  if (values) return values.map((value) => `\`${value}\``);
  if (only !== undefined) return [`\`${only}\``];
  if (minimum !== undefined && maximum !== undefined) return [`${minimum} to ${maximum}${unit ? ` ${unit}` : ""}`];
  return [type].flat().map((name) => (name === "string" ? "text" : name));
}
