import { type Envelope, envelopeSchema, type SessionEnvelope } from "../domain/actor/message.ts";
import { unknownPerson } from "../domain/person/state.ts";
import { freshSession } from "../domain/session/state.ts";
import { takePersonTurn } from "./person-turn.ts";
import { quarantine } from "./quarantine.ts";
import { takeSessionTurn } from "./session-turn.ts";
import { trySuspect } from "./suspect-turn.ts";
import type { Delivery, TurnPorts } from "./turn-ports.ts";

/**
 * Takes one turn for each group of a batch: groups at the same time, each in order.
 *
 * @returns the ids of the messages that must come again: of a group that failed all that are not done
 */
export async function processDeliveries(
  ports: TurnPorts,
  deliveries: readonly Delivery[],
  remainingMs: () => number,
): Promise<readonly string[]> {
  const groups = Map.groupBy(deliveries, ({ group }) => group);
  const failed = await Promise.all([...groups.values()].map((group) => processGroup(ports, group, remainingMs)));
  return failed.flat().map(({ messageId }) => messageId);
}

async function processGroup(
  ports: TurnPorts,
  group: readonly Delivery[],
  remainingMs: () => number,
): Promise<readonly Delivery[]> {
  const [head, ...rest] = group;
  if (!head) return [];
  if (head.receives === 1) return attempt(ports, group, () => takeTurn(ports, group, remainingMs));
  const failed = await attempt(ports, group, () => retryHead(ports, head, remainingMs));
  return failed.length > 0 ? failed : attempt(ports, rest, () => takeTurn(ports, rest, remainingMs));
}

/** Runs a group's turn; when it fails, gives the group's messages back for later. */
async function attempt(
  ports: TurnPorts,
  group: readonly Delivery[],
  turn: () => Promise<void>,
): Promise<readonly Delivery[]> {
  try {
    await turn();
    return [];
  } catch (cause) {
    const delayS = redeliveryDelayS(group[0]?.receives ?? 1, ports.random.unit());
    ports.telemetry.warn("turn failed", { group: group[0]?.group, messages: group.length, delay_s: delayS });
    ports.telemetry.error("turn failed", { group: group[0]?.group }, cause);
    // All for the same time: a message that came back before the head of its group would only wait for it.
    await ports.redelivery
      .postpone(
        group.map(({ receipt }) => receipt),
        delayS,
      )
      .catch(() => undefined);
    return group;
  }
}

/**
 * Infrastructure trouble comes back after seconds at first, then minutes: with 100 receives before a message is dead
 * that is more than eight hours.
 */
export function redeliveryDelayS(receives: number, unit: number): number {
  return Math.ceil(Math.min(300, 2 * 2 ** Math.min(receives - 1, 10)) * (0.75 + 0.25 * unit));
}

async function retryHead(ports: TurnPorts, head: Delivery, remainingMs: () => number): Promise<void> {
  const [mail] = await understand(ports, [head]);
  if (!mail) return;
  const { actor } = mail.envelope;
  const turn = () => takeTurn(ports, [head], remainingMs);
  if (actor.kind === "session") await trySuspect(ports, actor, freshSession, head, turn);
  else await trySuspect(ports, actor, unknownPerson, head, turn);
}

async function takeTurn(ports: TurnPorts, group: readonly Delivery[], remainingMs: () => number): Promise<void> {
  const mails = await understand(ports, group);
  const [first] = mails;
  if (!first) return;
  const { actor } = first.envelope;
  const product = await ports.products.find(actor.productId);
  if (!product) {
    for (const { delivery } of mails) await quarantine(ports, delivery, "the product is not configured");
    return;
  }
  if (actor.kind === "session") {
    const messages = mails.flatMap(({ envelope, delivery }) =>
      isForSession(envelope) ? [{ message: envelope.message, delivery }] : [],
    );
    await takeSessionTurn(ports, actor, product, messages, remainingMs);
  } else {
    const messages = mails.flatMap(({ envelope, delivery }) =>
      isForSession(envelope) ? [] : [{ message: envelope.message, delivery }],
    );
    await takePersonTurn(ports, actor, product, messages);
  }
}

// A group is one actor's, so all its mail is of one kind.
const isForSession = (envelope: Envelope): envelope is SessionEnvelope => envelope.actor.kind === "session";

type Mail = { readonly envelope: Envelope; readonly delivery: Delivery };

/** Reads the bodies; one that makes no sense is put aside. */
async function understand(ports: TurnPorts, group: readonly Delivery[]): Promise<readonly Mail[]> {
  const mails: Mail[] = [];
  for (const delivery of group) {
    const envelope = readEnvelope(delivery.body);
    if (envelope) mails.push({ envelope, delivery });
    else await quarantine(ports, delivery, "the message is not an envelope");
  }
  return mails;
}

function readEnvelope(body: string): Envelope | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
