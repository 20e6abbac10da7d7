import { openActivityLog } from "../../bench/activity-log.ts";
import type { Driven } from "../load/drive.ts";
import type { PlannedBatch, PlannedChat } from "../load/plan.ts";
import { descriptions, sessionId, type Visitors } from "../load/visitors.ts";
import type { System } from "../system.ts";
import { type DeadLetters, readDeadLetters } from "./dead-letters.ts";
import type { AcceptedBatch, Evidence } from "./evidence.ts";
import { expiredActions } from "./expired.ts";
import type { WatchedNotes } from "./watch-notes.ts";

/** Everything that was sent, by kind. */
export type SentLoad = {
  readonly batches: readonly Driven<PlannedBatch>[];
  readonly chats: readonly Driven<PlannedChat>[];
};

/** A load that was sent, and what became of it so far. */
export type Run = {
  readonly sent: SentLoad;
  readonly visitors: Visitors;
  readonly notes: WatchedNotes;
  readonly windowMs: number;
};

export function sortOut(driven: readonly Driven[]): SentLoad {
  const batches: Driven<PlannedBatch>[] = [];
  const chats: Driven<PlannedChat>[] = [];
  for (const { planned, ...sent } of driven) {
    if (planned.kind === "batch") batches.push({ ...sent, planned });
    else chats.push({ ...sent, planned });
  }
  return { batches, chats };
}

export function acceptedBatches(batches: readonly Driven<PlannedBatch>[]): readonly AcceptedBatch[] {
  return batches.flatMap(({ planned, firstSentMs, acceptedMs }) => {
    if (acceptedMs === undefined) return [];
    const { session, batch } = planned;
    return [{ session, batch, actions: descriptions(planned), firstSentMs, acceptedMs }];
  });
}

/** Looks everywhere where something that was accepted can be. */
export async function observe(
  system: System,
  { sent, visitors, notes, windowMs }: Run,
): Promise<{ readonly evidence: Evidence; readonly deadLetters: DeadLetters }> {
  const deadLetters = readDeadLetters(system.cloud);
  const sessions = [...new Set(sent.batches.map(({ planned }) => planned.session))];
  const conversations = new Map(
    sent.chats.flatMap(({ planned: { session }, acceptedMs }) => {
      const conversationId = visitors.conversationOf(session);
      return acceptedMs === undefined || conversationId === undefined ? [] : [[session, conversationId] as const];
    }),
  );
  const log = new Map<number, readonly string[]>();
  const expired = new Set<string>();
  using activity = openActivityLog(system);
  for (const session of sessions) {
    const rows = await activity.read(sessionId(session));
    const state = await activity.state(sessionId(session));
    for (const action of expiredActions(rows, state?.link ?? null, windowMs)) expired.add(action);
    log.set(
      session,
      rows.flatMap(({ actions }) => actions.map(({ description }) => description)),
    );
  }
  const evidence = {
    accepted: acceptedBatches(sent.batches),
    conversations,
    notes: notes.found,
    log,
    refused: notes.refused,
    deadLettered: deadLetters.actions,
    unlinked: new Set(sessions.filter(deadLetters.concernsLinkOf)),
    expired,
  };
  return { evidence, deadLetters };
}
