import * as z from "zod";
import { readEach } from "./entries.ts";
import { firstEmail, idOrNull, record, text } from "./lenient.ts";
import { readPosthogEvent } from "./posthog-event.ts";
import { posthogSession, posthogUser } from "./posthog-user.ts";
import type { PageElement, RawEvent } from "./raw-event.ts";
import { readTime } from "./read-time.ts";

/** What a destination's body holds where it names its fields one by one, as connectors' templates do. */
const flatSchema = z.object({
  event: z.string().min(1),
  uuid: text,
  timestamp: z.unknown().optional(),
  session_id: text,
  distinct_id: text,
  email: text,
  current_url: text,
  event_type: text,
  elements_chain: text,
  element_id: text,
  input_field_name: text,
  link_destination: text,
  button_or_link_text: text,
});

/** PostHog's own default body of a webhook: the event, with its person beside it. */
const defaultSchema = z.object({
  event: z.looseObject({ event: z.string() }),
  person: z.object({ properties: record }).catch({ properties: {} }),
});

/** What libraries send: a list of events, or an object around it. */
const batchSchema = z.object({ batch: z.custom<readonly unknown[]>(Array.isArray), sent_at: z.unknown().optional() });

/**
 * The entries of a body of PostHog's, in whatever shape it came: a flat template, PostHog's default body, one event, a
 * list of any of these, a batch; of more than a body may hold, one more. Null stands for an entry that is no event; null in place of the list says that the body
 * has none of these shapes.
 */
export function readPosthogBody(body: unknown): readonly (RawEvent | null)[] | null {
  if (Array.isArray(body)) return readEach(body, (entry) => readEntry(entry, null));
  const batch = batchSchema.safeParse(body);
  if (batch.success) {
    const sentAt = readTime(batch.data.sent_at);
    return readEach(batch.data.batch, (entry) => readEntry(entry, sentAt));
  }
  const entry = readEntry(body, null);
  return entry && [entry];
}

function readEntry(value: unknown, sentAt: number | null): RawEvent | null {
  const wrapped = defaultSchema.safeParse(value);
  if (wrapped.success) {
    return readPosthogEvent(wrapped.data.event, {
      sentAt: null,
      personEmail: text.parse(wrapped.data.person.properties.email),
    });
  }
  return isFlat(value) ? readFlat(value) : readPosthogEvent(value, { sentAt, personEmail: "" });
}

/** A flat body has no properties: what they would hold stands beside the event's name. */
function isFlat(value: unknown): boolean {
  if (typeof value !== "object" || value === null || "properties" in value) return false;
  return "current_url" in value || "session_id" in value;
}

function readFlat(value: unknown): RawEvent | null {
  const read = flatSchema.safeParse(value);
  if (!read.success) return null;
  const flat = read.data;
  const chain = readPosthogEvent(
    { event: flat.event, elements_chain: flat.elements_chain },
    { sentAt: null, personEmail: "" },
  );
  const elements = chain?.elements ?? [];
  return {
    name: flat.event,
    uuid: idOrNull(flat.uuid),
    at: readTime(flat.timestamp),
    sentAt: null,
    sessionId: posthogSession({ sessionId: flat.session_id, distinctId: flat.distinct_id }),
    userId: idOrNull(posthogUser({ distinctId: flat.distinct_id, properties: {} })),
    email: firstEmail(flat.email),
    gesture: flat.event_type,
    url: flat.current_url,
    elements: elements.length > 0 ? elements : elementOf(flat),
    label: flat.button_or_link_text,
    errorType: "",
  };
}

/** What a template without a chain says of the element. */
function elementOf(flat: z.infer<typeof flatSchema>): readonly PageElement[] {
  if (flat.input_field_name) return [{ tag: "input", text: "", attributes: { name: flat.input_field_name } }];
  if (!flat.element_id && !flat.button_or_link_text) return [];
  const attributes = flat.element_id ? { id: flat.element_id } : {};
  return [{ tag: flat.link_destination ? "a" : "", text: flat.button_or_link_text, attributes }];
}
