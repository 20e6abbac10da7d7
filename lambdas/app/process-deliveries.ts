import { unknownPerson } from "../domain/person/state.ts";
import { freshSession } from "../domain/session/state.ts";
import { giveBack } from "./give-back.ts";
import { type Mail, openMail } from "./open-mail.ts";
import { takePersonTurn } from "./person-turn.ts";
import { takeSessionTurn } from "./session-turn.ts";
import { trySuspect } from "./suspect-turn.ts";
import type { Delivery, TurnPorts } from "./turn-ports.ts";

/** What a trial needs at least: one that the worker's end cuts short would be held against its message. */
const TRIAL_MS = 5_000;

/**
 * Takes one turn for each group of a batch, each in order: groups that come for the first time at the same time, then,
 * one after the other, those whose head was delivered before. When the worker dies, the one trial on record is the
 * killer's.
 *
 * @returns the ids of the messages that must come again: of each group the first that is not done, and all after it
 */
export async function processDeliveries(
  ports: TurnPorts,
  deliveries: readonly Delivery[],
  remainingMs: () => number,
): Promise<readonly string[]> {
  const groups = [...Map.groupBy(deliveries, ({ group }) => group).values()];
  const failed = await Promise.all(
    groups.filter(isFirstDelivery).map((group) => attempt(ports, group, () => takeTurn(ports, group, remainingMs))),
  );
  for (const group of groups) {
    if (!isFirstDelivery(group)) failed.push(await retryHead(ports, group, remainingMs));
  }
  return failed.flat().map(({ messageId }) => messageId);
}

const isFirstDelivery = ([head]: readonly Delivery[]): boolean => head?.receives === 1;

/** Tries the head of a group alone, and gives the rest back at once: should one of them be the killer, it must be head. */
async function retryHead(
  ports: TurnPorts,
  group: readonly Delivery[],
  remainingMs: () => number,
): Promise<readonly Delivery[]> {
  const [head, ...rest] = group;
  if (!head) return [];
  if (remainingMs() < TRIAL_MS) return giveBack(ports, group, 0);
  const failed = await attempt(ports, group, () => takeTrial(ports, head, remainingMs));
  return failed.length > 0 ? failed : giveBack(ports, rest, 0);
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
    const [head] = group;
    const delayS = redeliveryDelayS(head?.receives ?? 1, ports.random.unit());
    ports.telemetry.error("turn failed", { group: head?.group, messages: group.length, delay_s: delayS }, cause);
    return giveBack(ports, group, delayS);
  }
}

/**
 * Infrastructure trouble comes back after seconds at first, then minutes: with 100 receives before a message is dead
 * that is more than five hours.
 */
export function redeliveryDelayS(receives: number, unit: number): number {
  return Math.ceil(Math.min(300, 2 * 2 ** Math.min(receives - 1, 10)) * (0.75 + 0.25 * unit));
}

async function takeTurn(ports: TurnPorts, group: readonly Delivery[], remainingMs: () => number): Promise<void> {
  const mail = await openMail(ports, group);
  if (mail) await deliver(ports, mail, remainingMs);
}

async function takeTrial(ports: TurnPorts, head: Delivery, remainingMs: () => number): Promise<void> {
  const mail = await openMail(ports, [head]);
  if (!mail) return;
  const fresh = mail.kind === "session" ? freshSession : unknownPerson;
  const verdict = await trySuspect(ports, mail, fresh, head, () => deliver(ports, mail, remainingMs));
  // The message in hand was the alarm of the call that it died in, and is gone now: without time for calls, a turn arms.
  if (verdict === "quarantined") await deliver(ports, { ...mail, messages: [] }, () => 0);
}

async function deliver(ports: TurnPorts, mail: Mail, remainingMs: () => number): Promise<void> {
  switch (mail.kind) {
    case "session":
      return takeSessionTurn(ports, mail.actor, mail.product, mail.messages, remainingMs);
    case "person":
      return takePersonTurn(ports, mail.actor, mail.product, mail.messages);
    default:
      return mail satisfies never;
  }
}
