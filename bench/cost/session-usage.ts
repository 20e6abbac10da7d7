import type { UsageByPlace } from "../observe-usage.ts";
import { beyond, nothingUsed, sumOf, times, type Usage } from "../usage.ts";
import type { Assumptions } from "./assumptions.ts";
import { type Counts, unlinkedEnds } from "./counts.ts";

export type Lane = "precise" | "scheduler";

/** A session registers again, and a timer of record is set again, after five minutes. */
const EVERY_MINUTES = 5;

/** Messages in a SendMessageBatch. */
const MESSAGES_A_REQUEST = 10;

/**
 * A timer of record that goes off finds nothing due, nearly always: Scheduler sends a message, it is received, the item is
 * read, the message is deleted. It comes minutes after what the bench counts.
 */
const staleWake: Usage = { ...nothingUsed, "sqs.fifo": 3, "dynamodb.read": 1, "invocation.worker": 1 };

/** What was used at the edge and behind it. */
export const all = ({ edge, behind }: UsageByPlace): Usage => sumOf(edge, behind);

/**
 * What a batch uses that comes in a body with others. Only the edge is shared: that batches which wait together share a
 * turn as well is left out, so that this is too much rather than too little.
 */
export function batchUsage({ edge, behind }: UsageByPlace, { batchesPerBody }: Assumptions): Usage {
  const shared = times(edge, 1 / batchesPerBody);
  const sends = (edge["sqs.fifo"] * Math.ceil(batchesPerBody / MESSAGES_A_REQUEST)) / batchesPerBody;
  return sumOf({ ...shared, "sqs.fifo": sends }, behind);
}

/** What a session uses in which no chat is opened: its batches, and telling its person of it. */
export function silentSession(counts: Counts, assumed: Assumptions): Usage {
  const { early, late } = unlinkedEnds(counts);
  const { batches, sessionMinutes } = assumed;
  const registrations = Math.min(batches, Math.max(1, Math.ceil(sessionMinutes / EVERY_MINUTES)));
  const registration = beyond(all(counts.requests.first.usage), all(early.usage));
  return sumOf(times(batchUsage(late.usage, assumed), batches), times(registration, registrations));
}

/** What a session uses in which a chat is opened: half-way, by default. */
export function chatSession(counts: Counts, assumed: Assumptions, lane: Lane): Usage {
  const { late } = unlinkedEnds(counts);
  const { batches, linkedShare, batchesPerNote, sessionMinutes } = assumed;
  const notes = (batches * linkedShare) / batchesPerNote;
  const plain = batchUsage(late.usage, assumed);
  const withNote = batchUsage(counts.requests[lane === "precise" ? "linked" : "scheduler"].usage, assumed);
  const inNotes = times(beyond(withNote, plain), notes);
  const records = lane === "precise" ? Math.min(notes, Math.ceil((sessionMinutes * linkedShare) / EVERY_MINUTES)) : 0;
  const record = sumOf(beyond(all(counts.requests.withRecord.usage), all(counts.requests.linked.usage)), staleWake);
  return sumOf(silentSession(counts, assumed), all(counts.requests.link.usage), inNotes, times(record, records));
}

/** What a session uses on average. */
export function sessionUsage(counts: Counts, assumed: Assumptions, lane: Lane): Usage {
  const { chatShare } = assumed;
  return sumOf(
    times(silentSession(counts, assumed), 1 - chatShare),
    times(chatSession(counts, assumed, lane), chatShare),
  );
}
