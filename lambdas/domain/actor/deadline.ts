import * as z from "zod";
import { sessionActorSchema } from "./actor.ts";
import type { Envelope } from "./message.ts";

/** An alarm on its way: the body of a message on the deadlines queue. */
export const deadlineSchema = z.object({
  actor: sessionActorSchema,
  /** When the session wants to be woken, ms. */
  dueAt: z.number(),
  /** New for every alarm: FIFO queues drop equal bodies and equal ids for five minutes. */
  nonce: z.string().min(1),
});
export type Deadline = z.infer<typeof deadlineSchema>;

/** The message that a deadline turns into when its time has come, by whichever lane. */
export function wakeEnvelope({ actor, dueAt, nonce }: Deadline): Envelope {
  return { actor, message: { type: "wake", id: nonce, acceptedAt: dueAt } };
}
