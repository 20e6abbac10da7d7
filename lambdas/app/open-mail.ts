import type { PersonActor, SessionActor } from "../domain/actor/actor.ts";
import {
  type Envelope,
  envelopeSchema,
  type PersonMessage,
  type SessionEnvelope,
  type SessionMessage,
} from "../domain/actor/message.ts";
import { type Product, RetryableError } from "./ports.ts";
import { quarantine } from "./quarantine.ts";
import type { Addressed, Delivery, TurnPorts } from "./turn-ports.ts";

/** What an actor was sent: all of one group, hence of one kind. */
export type Mail = { readonly product: Product } & (
  | {
      readonly kind: "session";
      readonly actor: SessionActor;
      readonly messages: readonly Addressed<SessionMessage>[];
    }
  | {
      readonly kind: "person";
      readonly actor: PersonActor;
      readonly messages: readonly Addressed<PersonMessage>[];
    }
);

/**
 * Reads the deliveries of a group. One that makes no sense is put aside, and so are all of a product that
 * is still unknown when every process must have heard of it.
 *
 * @returns undefined when nothing is left
 * @throws RetryableError when the product is not known yet, or it or the dead-letter queue could not be reached
 */
export async function openMail(ports: TurnPorts, group: readonly Delivery[]): Promise<Mail | undefined> {
  const read: { readonly envelope: Envelope; readonly delivery: Delivery }[] = [];
  for (const delivery of group) {
    const envelope = readEnvelope(delivery.body);
    if (envelope) read.push({ envelope, delivery });
    else await quarantine(ports, delivery, "the message is not an envelope");
  }
  const [first] = read;
  if (!first) return undefined;
  const { actor } = first.envelope;
  const product = await ports.products.find(actor.productId);
  if (!product) {
    // Each process reads the list of products for itself: the receiver may have noticed a new one that this has not.
    const sureAfter = first.envelope.message.acceptedAt + 2 * ports.configurationTtlMs;
    if (ports.clock.now() < sureAfter) throw new RetryableError("failed", "the product is not known here yet");
    for (const { delivery } of read) await quarantine(ports, delivery, "the product is not configured");
    return undefined;
  }
  if (actor.kind === "session") {
    const messages = read.flatMap(({ envelope, delivery }) =>
      isForSession(envelope) ? [{ message: envelope.message, delivery }] : [],
    );
    return { kind: "session", actor, product, messages };
  }
  const messages = read.flatMap(({ envelope, delivery }) =>
    isForSession(envelope) ? [] : [{ message: envelope.message, delivery }],
  );
  return { kind: "person", actor, product, messages };
}

const isForSession = (envelope: Envelope): envelope is SessionEnvelope => envelope.actor.kind === "session";

function readEnvelope(body: string): Envelope | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
