import type { DomainEvent } from "../domain/actor/domain-event.ts";
import { loggedId } from "../domain/actor/logged-id.ts";
import type { Suppressed } from "../domain/session/offer-slot.ts";
import type { Telemetry } from "./ports.ts";

const suppressedBy: Readonly<Record<Suppressed, string>> = {
  circuit: "offer.suppressed.circuit",
  "product-minute": "offer.suppressed.product_minute",
  "session-hour": "offer.suppressed.session_hour",
  "user-day": "offer.suppressed.user_day",
  judge: "offer.suppressed.judge",
  late: "offer.suppressed.late",
  moved_on: "offer.suppressed.moved_on",
  rejected: "offer.suppressed.rejected",
  gone: "offer.suppressed.gone",
  lost: "offer.suppressed.lost",
  given_up: "offer.suppressed.given_up",
};

/** Counts and logs what happened: by its type, and an offer that was suppressed by its reason, too. */
export function reportEvent(
  telemetry: Telemetry,
  { type, productId, sessionId, conversationId, detail }: DomainEvent,
): void {
  telemetry.count(type, productId);
  if (type === "note.posted") telemetry.measure("note.waited", productId, Number(detail.waited_ms));
  if (type === "offer.ignored") telemetry.measure("offer.expired_late", productId, Number(detail.late_ms));
  if (type === "offer.suppressed") telemetry.count(suppressedBy[detail.reason as Suppressed], productId);
  const ids = { product_id: productId, session_id: loggedId(sessionId), conversation_id: loggedId(conversationId) };
  telemetry.info(type, { ...ids, ...detail });
}
