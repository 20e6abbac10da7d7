import * as z from "zod";
import { eventSource, eventVersion, wireDetail } from "../lambdas/domain/actor/domain-event.ts";
import { announcedTypes, type EventType, eventDetails } from "../lambdas/domain/actor/event-details.ts";
import { detailSchema, eventSchema, eventTypes } from "../lambdas/domain/actor/event-schema.ts";

type Shape = {
  readonly type?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  /** Of an enumeration: others may be added. */
  readonly open?: boolean;
};
type Fields = { readonly properties: Readonly<Record<string, Shape>>; readonly required?: readonly string[] };

const dialect = { io: "input", target: "draft-2020-12" } as const;

/** As the page shows it; a test holds it to the schema. */
export const exampleEvent = {
  source: eventSource,
  "detail-type": "note.posted",
  detail: wireDetail({
    type: "note.posted",
    productId: "acme",
    sessionId: "s-1",
    conversationId: "45763812039",
    at: Date.UTC(2026, 0, 5, 9, 30, 12, 480),
    detail: { actions: 3, tries: 1, waited_ms: 210 },
  }),
} as const;

/** What a rule selects by: events of a type, of one product. */
export function rulePattern(type: EventType) {
  return { source: [eventSource], "detail-type": [type], detail: { product_id: ["acme"], version: [eventVersion] } };
}

/** `docs/events.schema.json`: every event, as a rule sees it. */
export function eventsJsonSchema(): z.core.JSONSchema.JSONSchema {
  const schema = z.discriminatedUnion("detail-type", eventTypes.map(eventSchema) as never).meta({
    title: "Domain events of Throughline, version 1",
    description:
      "EventBridge adds fields of its own beside these. Fields, types and reasons may be added: ignore what you do not know.",
  });
  return z.toJSONSchema(schema, {
    ...dialect,
    override: ({ jsonSchema }) => {
      const { open, enum: known } = jsonSchema;
      if (!open) return;
      delete jsonSchema.open;
      delete jsonSchema.enum;
      jsonSchema.examples = known ?? [];
    },
  });
}

/** `docs/events.md`: every event, when it happens and what it says. */
export function eventsPage(): string {
  return [
    "# Domain events",
    "",
    "<!-- Written by `npm run docs` from lambdas/domain/actor/event-details.ts; a test fails when it is stale. -->",
    "",
    "What happens is told on an EventBridge bus of the deployment (the stack's output `EventBusName`), so that rules of your",
    "own can act upon it. An event carries ids, counts and reasons, never a text that anybody wrote.",
    "[events.schema.json](events.schema.json) describes each event to code.",
    "",
    "```json",
    JSON.stringify(exampleEvent, undefined, 2),
    "```",
    "",
    "EventBridge adds `id`, `time`, `account` and other fields of its own beside these.",
    "",
    "## What every event says",
    "",
    ...table(fieldsOf(Object.keys(commonShape()), commonShape())),
    "",
    "## What may be relied upon",
    "",
    `- **The version.** Within version ${eventVersion} types, fields and reasons are added; none is changed or taken away. Ignore what you do not know.`,
    "- **Delivery.** Events are best effort ([adr/0011](adr/0011-domain-events-are-best-effort.md)): one may be lost with the function that",
    "  was about to send it. EventBridge may deliver one twice, and in any order; `at` says when it happened.",
    `- **Events to act upon.** ${announcedTypes.map((type) => `\`${type}\``).join(" and ")} are on the bus before anything else follows from them, and may be`,
    "  published again: act once upon each `event_id`.",
    "",
    "## A rule of your own",
    "",
    "This sends what its pattern selects to a queue. The queue's policy must let `events.amazonaws.com` send to it.",
    "",
    "```",
    `aws events put-rule --name throughline-notes --event-bus-name "$EVENT_BUS_NAME" \\`,
    `  --event-pattern '${JSON.stringify(rulePattern("note.posted"))}'`,
    `aws events put-targets --rule throughline-notes --event-bus-name "$EVENT_BUS_NAME" \\`,
    `  --targets 'Id=queue,Arn=arn:aws:sqs:eu-central-1:123456789012:throughline-notes'`,
    "```",
    "",
    ...eventTypes.flatMap(section),
  ].join("\n");
}

function section(type: EventType): readonly string[] {
  const { description = "" } = eventDetails[type];
  const { properties, required } = shapeOf(type);
  const own = Object.keys(properties).filter((name) => !(name in commonShape()));
  return [
    `## ${type}`,
    "",
    description,
    "",
    ...(own.length === 0
      ? ["It says nothing beside what every event says."]
      : table(fieldsOf(own, properties, required))),
    "",
    "```json",
    JSON.stringify(rulePattern(type)),
    "```",
    "",
  ];
}

function shapeOf(type: EventType): Fields {
  return z.toJSONSchema(detailSchema(type), dialect) as unknown as Fields;
}

/** Of `session.reset`, which says nothing else. */
function commonShape(): Fields["properties"] {
  return shapeOf("session.reset").properties;
}

function table(rows: readonly string[]): readonly string[] {
  return ["| field | values | meaning |", "| --- | --- | --- |", ...rows];
}

function fieldsOf(names: readonly string[], properties: Fields["properties"], required = names): readonly string[] {
  return names.map((name) => {
    const { description = "", ...shape } = properties[name] ?? {};
    const optional = required.includes(name) ? "" : " Not always there.";
    return `| \`${name}\` | ${valuesOf(shape)} | ${description}${optional} |`;
  });
}

function valuesOf({ type = "", unit, const: only, enum: values, format, open }: Shape): string {
  if (only !== undefined) return `\`${only}\``;
  if (values) return [...values.map((value) => `\`${value}\``), ...(open ? ["…"] : [])].join(", ");
  if (type === "integer") return unit ? `whole number, ${unit}` : "whole number";
  return format === "date-time" ? "ISO 8601" : "text";
}
