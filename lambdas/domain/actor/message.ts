import * as z from "zod";
import type { SlimAction } from "../activity/slim-action.ts";
import { jobResultSchema } from "../language/job.ts";
import { identitySchema, personActorSchema, sessionActorSchema } from "./actor.ts";

/**
 * What actors are sent. `id` names the cause and makes a second delivery recognisable; `acceptedAt` (ms) is when the
 * edge took it, and is the `now` of every decision about it, however late the worker is.
 */
const stamped = { id: z.string().min(1), acceptedAt: z.number() };

const slimActionSchema = z.custom<SlimAction>((value) => typeof value === "object" && value !== null);

const actionsSchema = z.object({
  ...stamped,
  type: z.literal("actions"),
  /** Latest moment (ms) that the batch itself names, before missing times were filled in; null when it names none. */
  latestAt: z.number().nullable(),
  userId: z.string().optional(),
  email: z.string().optional(),
  conversationId: z.string().optional(),
  userProperties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  actions: z.array(slimActionSchema),
});

const linkSchema = z.object({
  ...stamped,
  type: z.literal("link"),
  conversationId: z.string().min(1),
  /** Of the person who tells it. */
  identity: identitySchema.optional(),
});

/** A page says which conversation is its session's. */
const claimSchema = z.object({
  ...stamped,
  type: z.literal("claim"),
  conversationId: z.string().min(1),
  /** The page's user, where the product's own server vouched for them to the page. */
  vouchedUserId: z.string().min(1).optional(),
});

/** How a tour goes on; of `reaction`, that the user reacted to what was said. */
export const tourProgresses = ["started", "step", "completed", "dismissed", "reaction"] as const;

/** The session's own page says how its tour goes on, or that its user reacted. */
const tourProgressSchema = z.object({
  ...stamped,
  type: z.literal("tour-progress"),
  progress: z.enum(tourProgresses),
  tourId: z.string().min(1).optional(),
  /** Counts from 1. */
  step: z.number().optional(),
  /** The page's user, where the product's own server vouched for them to the page. */
  vouchedUserId: z.string().min(1).optional(),
});

/** An alarm went off. It says nothing but *wake up*: the item says what is due. */
const wakeSchema = z.object({ ...stamped, type: z.literal("wake") });

/** What a language model made of a job that the session asked for. */
const jobDoneSchema = z.object({
  ...stamped,
  type: z.literal("job-done"),
  jobId: z.string().min(1),
  result: jobResultSchema,
});

/** An operator wants what the user did so far to count no more: told to the person, who tells their sessions. */
const resetSchema = z.object({
  ...stamped,
  type: z.literal("reset"),
  /** Who was reset, in what a session is told: one that somebody else uses now keeps what they did. */
  identity: identitySchema.optional(),
});

/** A page listens to its session's stream. */
const listenSchema = z.object({ ...stamped, type: z.literal("listen"), until: z.number() });

const sessionSeenSchema = z.object({
  ...stamped,
  type: z.literal("session-seen"),
  sessionId: z.string().min(1),
  /** Whether the session already has a conversation. */
  linked: z.boolean(),
});

const userWroteSchema = z.object({
  ...stamped,
  type: z.literal("user-wrote"),
  conversationId: z.string().min(1),
  /** When the user wrote, by the platform's clock, ms. */
  wroteAt: z.number(),
  /** Plain; empty where a picture was sent, or an older version queued the message. */
  text: z.string().default(""),
  /** The chip that was tapped, where the platform tells. */
  optionUuid: z.string().optional(),
  /** Of the person who tells it to their session. */
  identity: identitySchema.optional(),
  /** Told to the session that was seen last: an answer to what is nobody's chip is asked for by it alone. */
  toLatest: z.boolean().optional(),
});

export const sessionMessageSchema = z.discriminatedUnion("type", [
  actionsSchema,
  linkSchema,
  claimSchema,
  wakeSchema,
  userWroteSchema,
  tourProgressSchema,
  jobDoneSchema,
  resetSchema,
  listenSchema,
]);
export const personMessageSchema = z.discriminatedUnion("type", [sessionSeenSchema, userWroteSchema, resetSchema]);

export type ActionsMessage = z.infer<typeof actionsSchema>;
export type LinkMessage = z.infer<typeof linkSchema>;
export type ClaimMessage = z.infer<typeof claimSchema>;
export type TourProgressMessage = z.infer<typeof tourProgressSchema>;
export type JobDoneMessage = z.infer<typeof jobDoneSchema>;
export type ListenMessage = z.infer<typeof listenSchema>;
export type ResetMessage = z.infer<typeof resetSchema>;
export type WakeMessage = z.infer<typeof wakeSchema>;
export type SessionMessage = z.infer<typeof sessionMessageSchema>;
export type SessionSeenMessage = z.infer<typeof sessionSeenSchema>;
export type UserWroteMessage = z.infer<typeof userWroteSchema>;
export type PersonMessage = z.infer<typeof personMessageSchema>;

const sessionEnvelopeSchema = z.object({ actor: sessionActorSchema, message: sessionMessageSchema });
const personEnvelopeSchema = z.object({ actor: personActorSchema, message: personMessageSchema });

/** A message with its address: the body of every message on the actors queue. */
export const envelopeSchema = z.union([sessionEnvelopeSchema, personEnvelopeSchema]);

export type SessionEnvelope = z.infer<typeof sessionEnvelopeSchema>;
export type PersonEnvelope = z.infer<typeof personEnvelopeSchema>;
export type Envelope = SessionEnvelope | PersonEnvelope;
