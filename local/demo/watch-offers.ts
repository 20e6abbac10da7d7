import * as z from "zod";
import type { Suppressed } from "../../lambdas/domain/session/offer-slot.ts";
import type { LocalCloud } from "../boot.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import type { Narrator } from "./narrator.ts";

const told = [
  "offer.fired",
  "offer.shown",
  "offer.suppressed",
  "offer.tapped",
  "offer.ignored",
  "answer.requested",
  "tour.launched",
] as const;

const eventSchema = z.object({
  detailType: z.enum(told),
  detail: z.object({
    session_id: z.string(),
    /** `tour`: the user is asked whether to be shown. */
    kind: z.enum(["help", "tour"]).default("help"),
    reason: z.string().default(""),
    by: z.string().default(""),
    flow_id: z.string().default(""),
    late_ms: z.number().default(0),
  }),
});

export type OfferEvent = z.infer<typeof eventSchema>["detail"] & { readonly type: (typeof told)[number] };

/** Calls back for each event about help that is offered. @returns how to stop. */
export function onOfferEvent(cloud: LocalCloud, listener: (event: OfferEvent) => void): () => void {
  return cloud.events.onEvent((event) => {
    const { data } = eventSchema.safeParse(event);
    if (data) listener({ type: data.detailType, ...data.detail });
  });
}

type Watched = {
  readonly cloud: LocalCloud;
  readonly intercom: FakeIntercom;
  readonly narrator: Narrator;
  /** First names, by session. */
  readonly names: ReadonlyMap<string, string>;
  /** How long an offer waits for its user, ms. */
  readonly waitMs: number;
};

/** Tells what is offered, as the user sees it, and what comes of it. @returns how to stop. */
export function watchOffers({ cloud, intercom, narrator: { tell }, names, waitMs }: Watched): () => void {
  const stopEvents = onOfferEvent(cloud, (event) => {
    const line = offerSentence(event, names.get(event.session_id) ?? event.session_id, waitMs);
    if (line !== undefined) tell("session", line);
  });
  const stopParts = intercom.onPart(({ kind, text, options }) => {
    if (kind !== "quick_reply") return;
    tell("offer", `in the Messenger: “${text}”`, [options.map((chip) => `( ${chip.text} )`).join("  ")]);
  });
  return () => {
    stopEvents();
    stopParts();
  };
}

/** What an event means for people; undefined where it is seen in the Messenger, or told by whoever plays the user. */
export function offerSentence(event: OfferEvent, name: string, waitMs: number): string | undefined {
  switch (event.type) {
    case "offer.fired":
      return `${name} goes back and forth: help is offered before anybody asks`;
    case "offer.suppressed":
      return `${name} is offered nothing: ${reasons[event.reason as Suppressed] ?? event.reason}`;
    case "answer.requested":
      return `${name} wants an answer: whoever gives answers is told (answer.requested)`;
    case "tour.launched":
      return `the tour “${event.flow_id}” is launched, on the page of ${name} alone (tour.launched)`;
    case "offer.ignored":
      return `${name}'s offer is over: unanswered for ${seconds(waitMs)} s, ended ${event.late_ms} ms after that`;
    case "offer.shown":
    case "offer.tapped":
      return undefined;
    default:
      return event.type satisfies never;
  }
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

/** Why an offer is dropped that something called for. */
const reasons: Readonly<Record<Suppressed, string>> = {
  late: "Intercom did not take it in time, and help that comes late is no help",
  circuit: "Intercom has failed too often just now",
  moved_on: "the moment has passed",
  rejected: "Intercom refuses it",
  gone: "the conversation is gone",
  lost: "Intercom did not answer, and does not have it",
  given_up: "Intercom does not say whether it has it",
  judge: "the judge finds the moment wrong",
  "product-minute": "the product has offered enough in this minute",
  "session-hour": "the session has been offered enough in this hour",
  "user-day": "the user has been offered enough on this day",
};

export type OfferCounts = Readonly<Record<"fired" | "shown" | "tapped" | "ignored", number>>;

/** How often help was offered since the boot, by the sessions' own account; without questions about a tour. */
export function offerCounts(cloud: LocalCloud): OfferCounts {
  const events = cloud.events.recorded().flatMap((event) => eventSchema.safeParse(event).data ?? []);
  const count = (type: (typeof told)[number]) =>
    events.filter(({ detailType, detail }) => detailType === type && detail.kind === "help").length;
  return {
    fired: count("offer.fired"),
    shown: count("offer.shown"),
    tapped: count("offer.tapped"),
    ignored: count("offer.ignored"),
  };
}
