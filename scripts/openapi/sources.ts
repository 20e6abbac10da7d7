import * as z from "zod";
import { decideDocument, flagsDocument, remoteConfig } from "../../lambdas/handlers/browser-library.ts";
import click from "../../test/fixtures/sources/wire/posthog-flat-click.json" with { type: "json" };
import { invalid, notJson, tooLarge, unauthorized } from "./answers.ts";
import type { Answers, Operation, Parameter } from "./operation.ts";
import { preflight, readable } from "./pages.ts";
import { productId } from "./parameters.ts";

/** Whatever shape a tool gives its events: docs/sources.md lists those that are read. */
const anyJson = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]);

const told = z.strictObject({ accepted: z.int().min(0), dropped: z.int().min(0), refused: z.int().min(0) });

const takeEvents: Operation = {
  method: "POST",
  path: "/webhook/{product_id}",
  id: "takeEvents",
  summary: "Take events of PostHog or FullStory",
  says: "Each event that says something becomes an action of its session. Sent again, it is applied once.",
  security: ["posthogSecret", "fullstoryToken"],
  parameters: [productId],
  body: { says: "One event, a list, or a batch; at most 1 MiB.", schema: anyJson, examples: { posthog: click } },
  answers: {
    202: {
      says: "All that is kept is durably queued. Dropped: what says nothing. Refused: what is no event, or names no session and no user.",
      body: told,
      example: { accepted: 1, dropped: 0, refused: 0 },
    },
    400: invalid("body", "must be JSON"),
    401: unauthorized,
    413: tooLarge("1 MiB"),
    415: notJson,
  },
};

const counted = (status: 0 | 1) =>
  status === 1
    ? z.strictObject({ status: z.literal(1) })
    : z.strictObject({ status: z.literal(0), error: z.string().min(1) });

const refusal = (says: string, error: string) => ({ says, body: counted(0), example: { status: 0, error } });

const eventAnswers: Answers = readable({
  200: { says: "All that is kept is durably queued.", body: counted(1), example: { status: 1 } },
  202: refusal(
    "The body was compressed, and spoilt on the way: the library sends it again, as it is.",
    "API Gateway spoils gzip; set disable_compression: true",
  ),
  400: refusal("No events can be read.", "no events can be read"),
  401: refusal("No product has this key, or not for this origin: nobody is told which.", "unauthorized"),
  413: refusal("Too much.", "the body must be at most 1 MiB, and 4 MiB when it is decompressed"),
});

const rest: Parameter = {
  in: "path",
  name: "rest+",
  says: "What the library puts there: nothing, or `e/`.",
  schema: z.string(),
  required: true,
  example: "e",
};

const parametersOf = (path: string): readonly Parameter[] => (path.includes("{rest+}") ? [rest] : []);

/** Both an address and what lies below it: the library ends some with a slash. */
const sending = (path: string, id: string): readonly Operation[] => [
  {
    method: "POST",
    path,
    id,
    summary: "Take events as PostHog's browser library sends them",
    says: "With the product's public `sources.project_key`, which is worth a page's word.",
    security: [],
    parameters: parametersOf(path),
    body: {
      says: "Plain, in a form as base64, or gzip; `api_key` or `token` in it is the project key.",
      schema: z.unknown(),
      examples: { batch: { api_key: "acme.k3y", batch: [] } },
    },
    answers: eventAnswers,
  },
  { ...preflight(path, `may${id[0]?.toUpperCase()}${id.slice(1)}`), parameters: parametersOf(path) },
];

const asking = (path: string, id: string, document: object): readonly Operation[] => [
  {
    method: "POST",
    path,
    id,
    summary: "Tell PostHog's browser library that nothing is switched on",
    says: "The same for every key, so that it tells of none.",
    security: [],
    parameters: parametersOf(path),
    answers: readable({
      200: { says: "No flags.", body: z.record(z.string(), z.unknown()), example: document },
    }),
  },
  { ...preflight(path, `may${id[0]?.toUpperCase()}${id.slice(1)}`), parameters: parametersOf(path) },
];

const readConfiguration: Operation = {
  method: "GET",
  path: "/array/{project_key}/{document}",
  id: "readLibraryConfiguration",
  summary: "Tell PostHog's browser library what to do without",
  security: [],
  parameters: [
    { ...rest, name: "project_key", says: "A project key; none is looked up.", example: "acme.k3y" },
    {
      ...rest,
      name: "document",
      says: "`config`, or `config.js` for the library's own script tag.",
      example: "config",
    },
  ],
  answers: readable({
    200: { says: "Events alone.", body: z.record(z.string(), z.unknown()), example: remoteConfig },
    404: {
      says: "No such document.",
      body: z.strictObject({ error: z.literal("not found") }),
      example: { error: "not found" },
    },
  }),
};

/** Where analytics tools and their library in pages send what users do. */
export const sources: readonly Operation[] = [
  takeEvents,
  ...sending("/i/v0/{rest+}", "captureEvents"),
  ...sending("/e", "captureOldEvents"),
  ...sending("/e/{rest+}", "captureOldEventsBelow"),
  ...sending("/batch", "captureBatch"),
  ...sending("/batch/{rest+}", "captureBatchBelow"),
  ...asking("/flags", "askFlags", flagsDocument),
  ...asking("/flags/{rest+}", "askFlagsBelow", flagsDocument),
  ...asking("/decide", "askDecide", decideDocument),
  ...asking("/decide/{rest+}", "askDecideBelow", decideDocument),
  readConfiguration,
];
