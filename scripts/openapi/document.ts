import { stringify } from "yaml";
import * as z from "zod";
import { batchSchema } from "../../lambdas/domain/activity/batch-schema.ts";
import packageJson from "../../package.json" with { type: "json" };
import { invalidSchema, problemSchema } from "./answers.ts";
import type { Answer, Answers, Operation, Parameter, Security } from "./operation.ts";
import { operations } from "./operations.ts";
import { trouble } from "./trouble.ts";

const dialect = "https://json-schema.org/draft/2020-12/schema";

const securitySchemes: Readonly<Record<Security, object>> = {
  batchSignature: {
    type: "apiKey",
    in: "header",
    name: "X-Connector-Signature",
    description:
      "`sha256=` and the hexadecimal HMAC-SHA256 of the exact body, keyed with the product's `ingest/secret`.",
  },
  intercomSignature: {
    type: "apiKey",
    in: "header",
    name: "X-Hub-Signature",
    description:
      "`sha1=` and the hexadecimal HMAC-SHA1 of the exact body, keyed with the app's client secret, as Intercom signs; or " +
      "`X-Hub-Signature-256` with `sha256=` and HMAC-SHA256. Where both are sent, both must be right.",
  },
  posthogSecret: {
    type: "apiKey",
    in: "header",
    name: "X-PostHog-Secret",
    description:
      "The product's `sources/posthog-secret`, or `sha256=` and the hexadecimal HMAC-SHA256 of the exact body, keyed with it.",
  },
  fullstoryToken: { type: "http", scheme: "bearer", description: "The product's `sources/fullstory-token`." },
  productKey: { type: "http", scheme: "bearer", description: "The product's `operator/key`. Keep it on a server." },
  streamToken: { type: "http", scheme: "bearer", description: "What `POST /sessions/token` gave the page." },
  streamTokenInQuery: {
    type: "apiKey",
    in: "query",
    name: "token",
    description: "The same in the address: a browser's `EventSource` sends no header.",
  },
  stageKey: { type: "http", scheme: "bearer", description: "The stage's operator key: `throughline operator-key`." },
};

type Direction = "request" | "parameter" | "answer";

/** Schemas that have a name in the document. */
const named: Readonly<Record<Direction, readonly (readonly [schema: z.ZodType, name: string])[]>> = {
  request: [[batchSchema, "ActionBatch"]],
  parameter: [],
  answer: [
    [invalidSchema, "Invalid"],
    [problemSchema, "Problem"],
  ],
};

const reference = (name: string): string => `#/components/schemas/${name}`;

/** A schema as JSON Schema, with references to those that have a name. */
function jsonSchema(schema: z.ZodType, direction: Direction): object {
  const [, name] = named[direction].find(([one]) => one === schema) ?? [];
  if (name !== undefined) return { $ref: reference(name) };
  return withoutDialect(registered([[schema, "it"], ...named[direction]], direction).it);
}

function registered(schemas: Iterable<readonly [z.ZodType, string]>, direction: Direction) {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of schemas) registry.add(schema, { id });
  return z.toJSONSchema(registry, {
    target: "draft-2020-12",
    // What is sent is described as it is sent; of a parameter, what is left of it after decoding.
    io: direction === "request" ? "input" : "output",
    uri: reference,
    override: ({ jsonSchema: shape }) => {
      // A later release may say more: whoever reads an answer ignores what they do not know.
      if (direction === "answer" && shape.additionalProperties === false) delete shape.additionalProperties;
    },
  }).schemas;
}

function withoutDialect(schema: object | undefined): object {
  const { $schema: _, $id: __, ...shape } = (schema ?? {}) as { $schema?: string; $id?: string };
  return shape;
}

function namedSchemas(): object {
  const directions = ["request", "answer"] as const;
  return Object.fromEntries(
    directions.flatMap((direction) =>
      Object.entries(registered(named[direction], direction)).map(([name, schema]) => [name, withoutDialect(schema)]),
    ),
  );
}

function parameterOf({ name, says, schema, required, example, ...rest }: Parameter): object {
  return { name, in: rest.in, required, description: says, schema: jsonSchema(schema, "parameter"), example };
}

function answerOf({ says, body, example, contentType = "application/json", headers = {} }: Answer): object {
  return {
    description: says,
    ...(Object.keys(headers).length > 0 && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: "string" } }]),
      ),
    }),
    ...(body && { content: { [contentType]: { schema: jsonSchema(body, "answer"), example } } }),
  };
}

function answersOf(answers: Answers): object {
  return Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)]));
}

/** An answer to HEAD has no body, of whatever kind. */
function troubleOf({ method }: Operation): object {
  if (method === "HEAD") return {};
  return Object.fromEntries(
    Object.keys(trouble).map((status) => [status, { $ref: `#/components/responses/Trouble${status}` }]),
  );
}

function operationOf(operation: Operation): object {
  const { id, summary, says, server, security, parameters, body, answers } = operation;
  return {
    operationId: id,
    summary,
    ...(says && { description: says }),
    ...(server && { servers: [{ url: server.url, description: server.says }] }),
    ...(parameters.length > 0 && { parameters: parameters.map(parameterOf) }),
    ...(body && {
      requestBody: {
        required: true,
        description: body.says,
        content: {
          "application/json": {
            schema: jsonSchema(body.schema, "request"),
            examples: Object.fromEntries(Object.entries(body.examples).map(([name, value]) => [name, { value }])),
          },
        },
      },
    }),
    responses: { ...answersOf(answers), ...troubleOf(operation) },
    security: security.map((name) => ({ [name]: [] })),
  };
}

/** The HTTP surface as an OpenAPI 3.1 document. */
export function openApiDocument() {
  const paths = Map.groupBy(operations, ({ path }) => path);
  return {
    openapi: "3.1.1",
    info: {
      title: "Throughline",
      version: packageJson.version,
      summary: packageJson.description,
      description:
        "What a deployment answers over HTTP. Written by `npm run docs` from the schemas that the functions check with; a test holds it to the deployed routes.",
    },
    jsonSchemaDialect: dialect,
    servers: [
      {
        url: "https://{api}.execute-api.{region}.amazonaws.com",
        description: "The stack's output `ApiUrl`.",
        variables: { api: { default: "abc123" }, region: { default: "eu-central-1" } },
      },
    ],
    paths: Object.fromEntries(
      [...paths].map(([path, ofPath]) => [
        path,
        Object.fromEntries(ofPath.map((operation) => [operation.method.toLowerCase(), operationOf(operation)])),
      ]),
    ),
    components: {
      securitySchemes,
      schemas: namedSchemas(),
      responses: Object.fromEntries(
        Object.entries(trouble).map(([status, answer]) => [`Trouble${status}`, answerOf(answer)]),
      ),
    },
  };
}

/** `docs/openapi.yaml` */
export function openApiYaml(): string {
  return stringify(openApiDocument(), { aliasDuplicateObjects: false, lineWidth: 120 });
}
