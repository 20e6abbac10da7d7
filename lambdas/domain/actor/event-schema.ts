import * as z from "zod";
import { productIdSchema } from "./actor.ts";
import { eventSource, eventVersion } from "./domain-event.ts";
import { announcedTypes, type EventType, eventDetails } from "./event-details.ts";

/** What every event carries beside its own fields. */
const commonFields = {
  version: z
    .literal(eventVersion)
    .meta({ description: "Of this schema. Fields are added within a version, never changed." }),
  product_id: productIdSchema.meta({ description: "The product." }),
  session_id: z.string().min(1).meta({ description: "The session, as the product names it." }),
  conversation_id: z.string().meta({ description: "The conversation; empty for a session that has none." }),
  at: z.iso.datetime().meta({ description: "When it happened: UTC, with milliseconds." }),
};

const eventId = {
  event_id: z
    .string()
    .min(1)
    .meta({ description: "Stays the same when the event is published again: act once upon each." }),
};

/** The whole `detail` of an event of a type, as it stands on the bus. */
export function detailSchema(type: EventType): z.ZodObject {
  const { shape, description = "" } = eventDetails[type];
  const id = announcedTypes.includes(type) ? eventId : {};
  return z.object({ ...commonFields, ...id, ...shape }).meta({ description });
}

export const eventTypes = Object.keys(eventDetails) as readonly EventType[];

/** An event as a rule of EventBridge sees it, without what EventBridge itself adds. */
export function eventSchema(type: EventType): z.ZodObject {
  const { description = "" } = eventDetails[type];
  return z
    .object({ source: z.literal(eventSource), "detail-type": z.literal(type), detail: detailSchema(type) })
    .meta({ title: type, description });
}

/**
 * What is on the bus and not in the documentation: a type, a field, a value.
 *
 * @returns the reasons; empty for an event that is as documented
 */
export function undocumented(type: string, detail: unknown): readonly string[] {
  const known = eventTypes.find((one) => one === type);
  if (!known) return [`${type} is no documented type`];
  const parsed = detailSchema(known).strict().safeParse(detail);
  return parsed.error?.issues.map(({ path, message }) => `${type}: ${path.join(".")}: ${message}`) ?? [];
}
