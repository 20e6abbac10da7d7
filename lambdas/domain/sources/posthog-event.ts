import * as z from "zod";
import { parseElementsChain } from "./elements-chain.ts";
import { firstEmail, idOrNull, record, text } from "./lenient.ts";
import { posthogSession, posthogUser } from "./posthog-user.ts";
import type { PageElement, RawEvent } from "./raw-event.ts";
import { readTime } from "./read-time.ts";

/** How many elements of a list are read: the target and what may be the control around it. */
const MOST_ELEMENTS = 30;

/** An event as PostHog's libraries write it, and PostHog hands it on. Its properties are the customer's and the library's. */
const eventSchema = z.object({
  event: z.string().min(1),
  uuid: text,
  distinct_id: z.union([z.string(), z.number().transform(String)]).catch(""),
  elements_chain: text,
  timestamp: z.unknown().optional(),
  sent_at: z.unknown().optional(),
  offset: z.number().min(0).nullable().catch(null),
  properties: record,
  $set: record,
});

/** An element in the older form of autocapture, `$elements`. */
const elementSchema = z.looseObject({ tag_name: text, $el_text: text });

/** What stands around an event: in a batch, when it was sent; in a webhook, the person. */
export type Surroundings = {
  readonly sentAt: number | null;
  readonly personEmail: string;
};

/** Reads one event of PostHog's; null for what is none. */
export function readPosthogEvent(value: unknown, { sentAt, personEmail }: Surroundings): RawEvent | null {
  const read = eventSchema.safeParse(value);
  if (!read.success) return null;
  const { event, uuid, timestamp, offset, properties, $set } = read.data;
  const property = (name: string): string => text.parse(properties[name]);
  const distinctId = read.data.distinct_id || property("distinct_id");
  const sent = sentAt ?? readTime(read.data.sent_at);
  return {
    name: event,
    uuid: idOrNull(uuid),
    at: readTime(timestamp) ?? (sent !== null && offset !== null ? readTime(sent - offset) : null),
    sentAt: sent,
    sessionId: posthogSession({ sessionId: property("$session_id"), distinctId }),
    userId: idOrNull(posthogUser({ distinctId, properties })),
    email: firstEmail(personEmail, text.parse($set.email), property("email")),
    gesture: property("$event_type"),
    url: property("$current_url"),
    elements: elementsOf(read.data.elements_chain || property("$elements_chain"), properties.$elements),
    label: property("$el_text") || property("$button_text"),
    errorType: errorTypeOf(properties),
  };
}

function elementsOf(chain: string, list: unknown): readonly PageElement[] {
  const parsed = parseElementsChain(chain);
  if (parsed.length > 0 || !Array.isArray(list)) return parsed;
  return list.slice(0, MOST_ELEMENTS).flatMap((entry) => {
    const read = elementSchema.safeParse(entry);
    if (!read.success) return [];
    const { tag_name, $el_text, ...rest } = read.data;
    const attributes = Object.entries(rest).flatMap(([name, value]) =>
      name.startsWith("attr__") && typeof value === "string" ? [[name.slice("attr__".length), value] as const] : [],
    );
    return [{ tag: tag_name.toLowerCase(), text: $el_text, attributes: Object.fromEntries(attributes) }];
  });
}

/** Its type only: a message may quote what the user wrote. */
function errorTypeOf(properties: Readonly<Record<string, unknown>>): string {
  const { $exception_types: types, $exception_list: list } = properties;
  if (Array.isArray(types)) return text.parse(types[0]);
  if (Array.isArray(list)) return text.parse(record.parse(list[0]).type);
  return text.parse(properties.$exception_type);
}
