import * as z from "zod";
import type { Suppressed } from "../session/offer-slot.ts";
import { tourProgresses } from "./message.ts";

/**
 * What the events of version 1 carry, type by type: the one home of what docs/events.md and docs/events.schema.json say
 * (`npm run docs`). Within a version, types, fields and reasons are added; none is changed or taken away. Functions know
 * this file by its types alone, so that none of them carries it.
 */

const count = (description: string) => z.int().nonnegative().meta({ description });
const durationMs = (description: string) => z.int().nonnegative().meta({ description, unit: "ms" });
const named = (description: string) => z.string().min(1).meta({ description });
const yesOrNo = (description: string) => z.enum(["true", "false"]).meta({ description });
/** Texts of which consumers are told to expect others. */
const oneOf = <const Known extends readonly string[]>(known: Known, description: string) =>
  z.enum(known).meta({ description, open: true });
const reasonOf = <const Known extends readonly string[]>(...known: Known) => oneOf(known, "Why.");

const tries = count("How many calls it took, this one included.");
const offerKind = z.enum(["help", "tour"]).meta({
  description: "`help`: the agent speaks first. `tour`: it asks a user who wanted help whether to show them.",
});
const trigger = named("The trigger that fired; of a tour, the tour's id.");
const flowId = named("The tour, by the id that the configuration gives it.");
const chip = named("The chip, by the id that the configuration gives it.");

const suppressed = [
  "circuit",
  "product-minute",
  "session-hour",
  "user-day",
  "judge",
  "late",
  "moved_on",
  "rejected",
  "gone",
  "lost",
  "given_up",
] as const satisfies readonly Suppressed[];

const when = <Shape extends z.ZodRawShape>(description: string, shape: Shape) => z.object(shape).meta({ description });

export const eventDetails = {
  "session.linked": when("A session has found its conversation, or followed its user into another one.", {
    verified: yesOrNo("Whether the platform vouches that the conversation is this session's."),
    waiting: count("Batches of actions that waited for it."),
  }),
  "link.refused": when("A conversation was named for a session, and is not taken for its own.", {
    reason: reasonOf(
      "no conversation",
      "conversation is gone",
      "already linked",
      "another person's conversation",
      "rejected by the platform",
      "given up",
    ),
  }),
  "link.dropped": when("A session has lost its conversation. Its actions wait for the next one.", {
    reason: reasonOf("conversation is gone", "another person's conversation"),
    waiting: count("Batches of actions that wait now."),
  }),
  "note.posted": when("A note stands in the conversation.", {
    actions: count("Actions in the note."),
    tries,
    waited_ms: durationMs("Since the oldest of them could have been posted."),
  }),
  "note.rejected": when("A note will never stand in the conversation; its actions are dropped.", {
    reason: reasonOf("rejected by the platform", "given up"),
    actions: count("Actions in the note."),
  }),
  "offer.evaluated": when(
    "A session was looked at, because it may be offered help now: whether a trigger fired is the next event.",
    { fired: yesOrNo("Whether a trigger fired.") },
  ),
  "offer.fired": when("A trigger fired: the offer is on its way, or suppressed by the next event.", {
    kind: offerKind,
    trigger,
  }),
  "offer.shown": when("An offer stands in the conversation.", {
    kind: offerKind,
    trigger,
    chips: count("Chips below it; 0 where the user can only write."),
  }),
  "offer.suppressed": when("An offer is not shown, and will not be.", {
    kind: offerKind,
    trigger,
    reason: oneOf(
      suppressed,
      "Why: the product's circuit is open (`circuit`); a limit is reached (`product-minute`, `session-hour`, `user-day`); " +
        "the judge thinks it no good moment (`judge`); its moment has passed (`late`, `moved_on`); the platform refused it " +
        "(`rejected`, `gone`); it was sent and is not there (`lost`), or nobody could find out (`given_up`).",
    ),
  }),
  "offer.tapped": when("The user tapped a chip of an offer of help.", { trigger, chip }),
  "offer.ignored": when("The user has not answered an offer in time.", {
    trigger,
    after_ms: durationMs("Since it was shown."),
    late_ms: durationMs("By how much this was noticed late."),
  }),
  "answer.requested": when("The user wants an answer to what they wrote or tapped.", {
    by: z.enum(["chip", "text"]).meta({ description: "What they did: tapped a chip, or wrote." }),
    chip: chip.optional(),
  }),
  "answer.posted": when("An answer to the user stands in the conversation.", {
    tries,
    waited_ms: durationMs("Since the user wrote the last of them."),
    questions: count("Messages of the user that it answers."),
  }),
  "answer.dropped": when("Nobody is answered: too late, refused, or somebody else has done it.", {
    reason: named("Why."),
  }),
  "summary.posted": when("A summary stands in the conversation; the notes that it replaces are taken away next.", {
    actions: count("Actions in the notes that it replaces."),
    tries,
    waited_ms: durationMs("Since it was written."),
  }),
  "summary.dropped": when("No summary was written or posted. The notes stay; a later summary covers them.", {
    reason: named("Why."),
    actions: count("Actions in the notes that go on waiting for one."),
  }),
  "notes.redacted": when("Notes are taken away, for a summary stands in their place.", {
    notes: count("How many notes."),
  }),
  "session.reset": when("An operator has had a session forget what its user did.", {}),
  "tour.launched": when("The user wants to be shown: the session's own page is to start the tour.", {
    flow_id: flowId,
  }),
  "tour.declined": when("The user does not want to be shown.", { flow_id: flowId }),
  "tour.progressed": when("The session's page says how its tour goes on, or that its user reacted.", {
    progress: z.enum(tourProgresses).meta({ description: "What the page says." }),
    flow_id: flowId.optional(),
    step: z.int().positive().meta({ description: "The step, counted from 1." }).optional(),
  }),
};

export type EventType = keyof typeof eventDetails;

/** Those that somebody acts upon: on the bus before anything else follows from them, under an id of their own. */
export const announcedTypes: readonly EventType[] = ["answer.requested", "tour.launched"];
