import * as z from "zod";

/** Ids as the edge checks them: what passes here is safe in a key, a group id and a log line. */
export const productIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 of A-Z a-z 0-9 _ -");

/** How a person is known, strongest first. E-mail only where the platform vouches for it. */
export const identitySchema = z.object({
  by: z.enum(["external", "contact", "email"]),
  value: z.string().min(1),
});
export type Identity = z.infer<typeof identitySchema>;

export const sessionActorSchema = z.object({
  kind: z.literal("session"),
  productId: productIdSchema,
  sessionId: z.string().min(1),
});
export type SessionActor = z.infer<typeof sessionActorSchema>;

export const personActorSchema = z.object({
  kind: z.literal("person"),
  productId: productIdSchema,
  identity: identitySchema,
});
export type PersonActor = z.infer<typeof personActorSchema>;

/** Who owns a mailbox (one SQS message group) and a memory (one item). */
export type Actor = SessionActor | PersonActor;

export function sameIdentity(one: Identity | undefined, other: Identity | undefined): boolean {
  return one !== undefined && one.by === other?.by && one.value === other.value;
}
