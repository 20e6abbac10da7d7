import { describe, expect, it } from "vitest";
import { type AnnouncedEvent, type DomainEvent, wireDetail } from "../../../lambdas/domain/actor/domain-event.ts";
import { undocumented } from "../../../lambdas/domain/actor/event-schema.ts";

/** ms */
const T0 = Date.UTC(2026, 0, 1);

const happened = (type: DomainEvent["type"], detail: DomainEvent["detail"]): DomainEvent => ({
  type,
  productId: "acme",
  sessionId: "s1",
  conversationId: "c1",
  at: T0,
  detail,
});
const reasonsOf = (event: DomainEvent | AnnouncedEvent) => undocumented(event.type, wireDetail(event));

describe("an event on the bus", () => {
  const posted = { actions: 3, tries: 1, waited_ms: 150 };

  it("given what its type says, then it is documented", () => {
    expect(reasonsOf(happened("note.posted", posted))).toEqual([]);
    expect(reasonsOf({ ...happened("session.reset", {}), conversationId: "" })).toEqual([]);
  });

  it("given a field that is missing, of another kind, or known to nobody, then it is not", () => {
    expect(reasonsOf(happened("note.posted", { actions: 3, tries: 1 }))[0]).toContain("note.posted: waited_ms");
    expect(reasonsOf(happened("note.posted", { ...posted, tries: "once" }))[0]).toContain("note.posted: tries");
    expect(reasonsOf(happened("note.posted", { ...posted, text: "Clicked Export" }))[0]).toContain('"text"');
  });

  it("given a reason or a type that nobody has written down, then it is not", () => {
    expect(reasonsOf(happened("link.refused", { reason: "a whim" }))[0]).toContain("link.refused: reason");
    expect(undocumented("note.lost", {})).toEqual(["note.lost is no documented type"]);
  });

  it("says who, where, when and by which version, whatever its own fields are called", () => {
    const event = happened("tour.launched", { flow_id: "4711", product_id: "other", version: "0" });
    expect(wireDetail({ ...event, id: "n1>tour" })).toEqual({
      flow_id: "4711",
      version: "1",
      event_id: "n1>tour",
      product_id: "acme",
      session_id: "s1",
      conversation_id: "c1",
      at: "2026-01-01T00:00:00.000Z",
    });
  });

  it("has an id if it is one that somebody acts upon, and only then", () => {
    const launched = happened("tour.launched", { flow_id: "4711" });
    expect(reasonsOf({ ...launched, id: "n1>tour" })).toEqual([]);
    expect(reasonsOf(launched)[0]).toContain("event_id");
    expect(reasonsOf({ ...happened("note.posted", posted), id: "n1" })[0]).toContain("event_id");
  });
});
