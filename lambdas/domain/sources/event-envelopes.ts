import type { ActionsEnvelope } from "../activity/action-batch.ts";
import type { SlimAction } from "../activity/slim-action.ts";
import { shortHash } from "../actor/hash.ts";
import { MAX_CLOCK_AHEAD_MS } from "../session/decide.ts";
import type { RawEvent } from "./raw-event.ts";
import { readTime } from "./read-time.ts";
import { type ExtractionRules, toAction } from "./to-action.ts";

/** How far what an event says of its user is believed. */
export type Trust = {
  /** Whether it tells the session its user. */
  readonly user: boolean;
  /** Whether its e-mail address counts, where it names no user. */
  readonly email: boolean;
  /** Whether its times are right. A browser's are not: they are put right by when it says that it sent them. */
  readonly clock: boolean;
};

export type Arrival = {
  readonly productId: string;
  /** Milliseconds; also what an event takes that names no time. */
  readonly acceptedAt: number;
  readonly trust: Trust;
  readonly rules: ExtractionRules;
};

export type Extracted = {
  readonly envelopes: readonly ActionsEnvelope[];
  /** Events that say nothing to an agent. */
  readonly dropped: number;
  /** Entries that are no event, and events that name no session and no user. */
  readonly refused: number;
};

/**
 * The messages that a body's events become: one for each, so that each has an id of its own, and an event that comes
 * again in other company is still the same message (docs/adr/0023). In the order of their times, since sources send them
 * as they finish them.
 */
export function toEventEnvelopes(events: readonly (RawEvent | null)[], arrival: Arrival): Extracted {
  const envelopes = new Map<string, { readonly at: number; readonly envelope: ActionsEnvelope }>();
  let dropped = 0;
  let refused = 0;
  for (const event of events) {
    const { sessionId = null } = event ?? {};
    if (!event || sessionId === null) {
      refused += 1;
      continue;
    }
    const action = toAction(event, arrival.rules);
    if (!action) {
      dropped += 1;
      continue;
    }
    const happened = happenedAt(event, arrival);
    const envelope = toEnvelope({ ...event, sessionId }, action, happened, arrival);
    const at = happened ?? arrival.acceptedAt;
    // A sender that tries again may put the same event into one body twice.
    envelopes.set(envelope.message.id, { at, envelope });
  }
  const ordered = [...envelopes.values()].sort((one, other) => one.at - other.at);
  return { envelopes: ordered.map(({ envelope }) => envelope), dropped, refused };
}

function toEnvelope(
  event: RawEvent & { readonly sessionId: string },
  action: SlimAction,
  happened: number | null,
  { productId, acceptedAt, trust }: Arrival,
): ActionsEnvelope {
  const { sessionId, userId, email } = event;
  const atS = (happened ?? acceptedAt) / 1_000;
  return {
    actor: { kind: "session", productId, sessionId },
    message: {
      type: "actions",
      id: eventId(productId, event),
      acceptedAt,
      // The earlier of what its clock says and what that clock is corrected to: sent again unchanged, it looks younger
      // than it is by the correction alone, and a duplicate is looked for by its age (docs/adr/0005).
      latestAt: happened === null || event.at === null ? null : Math.min(event.at, happened),
      userId: (trust.user ? userId : null) ?? undefined,
      email: (trust.email ? email : null) ?? undefined,
      actions: [{ ...action, timestamp_start: atS, timestamp_end: atS }],
    },
  };
}

/**
 * When it happened, ms; null where it names no moment that can be. A browser's clock may be wrong by hours; the time
 * between the event and its sending is right by any clock, and the sending is as good as now.
 */
function happenedAt({ at, sentAt }: RawEvent, { acceptedAt, trust }: Arrival): number | null {
  if (at === null || trust.clock) return at;
  if (sentAt !== null) return readTime(acceptedAt - Math.max(0, sentAt - at));
  return at <= acceptedAt + MAX_CLOCK_AHEAD_MS ? at : null;
}

/**
 * Names an event for ever: by its UUID, which libraries make for this, and else by all that it says. The session belongs
 * to the name: nobody can take another session's event away by sending its UUID first.
 */
function eventId(productId: string, event: RawEvent & { readonly sessionId: string }): string {
  const { uuid, sessionId, sentAt: _, ...content } = event;
  const name = uuid === null ? ["content", JSON.stringify(content)] : ["uuid", uuid];
  return `event.${shortHash(productId, sessionId, ...name)}`;
}
