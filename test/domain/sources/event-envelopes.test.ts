import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Arrival, toEventEnvelopes } from "../../../lambdas/domain/sources/event-envelopes.ts";
import { readFullstoryBody } from "../../../lambdas/domain/sources/fullstory-body.ts";
import { toMaskRules } from "../../../lambdas/domain/sources/mask.ts";
import { readPosthogBody } from "../../../lambdas/domain/sources/posthog-body.ts";
import { rulesWith } from "../../support/extraction.ts";

const acceptedAt = Date.parse("2026-04-14T17:31:20Z");
const second = 1_000;

/** Waited out only by a machine that is busy with much else: odd texts take a while to make. */
const PATIENCE_MS = 60_000;

function arrival(over: Partial<Arrival> = {}): Arrival {
  return {
    productId: "acme",
    acceptedAt,
    trust: { user: true, email: true, clock: true },
    rules: rulesWith(),
    ...over,
  };
}

/** A page view, so many milliseconds before it is accepted. */
function pageview(uuid: string, agoMs: number, over: object = {}) {
  return {
    event: "$pageview",
    uuid,
    distinct_id: "u-1",
    timestamp: new Date(acceptedAt - agoMs).toISOString(),
    properties: { $session_id: "s-1", $current_url: "https://a.example/reports" },
    ...over,
  };
}

const envelopesOf = (body: unknown, over?: Partial<Arrival>) =>
  toEventEnvelopes(readPosthogBody(body) ?? [], arrival(over)).envelopes;
const idsOf = (body: unknown, over?: Partial<Arrival>) => envelopesOf(body, over).map(({ message }) => message.id);

describe("an event", () => {
  it("becomes a message to its session with one action", () => {
    expect(envelopesOf(pageview("e-1", 4 * second))).toEqual([
      {
        actor: { kind: "session", productId: "acme", sessionId: "s-1" },
        message: {
          type: "actions",
          id: expect.stringMatching(/^event\.[\w-]{22}$/),
          acceptedAt,
          latestAt: acceptedAt - 4 * second,
          userId: "u-1",
          email: undefined,
          actions: [
            {
              index: 0,
              type: "page_view",
              title: "Reports",
              description: "Opened the Reports page",
              timestamp_start: acceptedAt / 1_000 - 4,
              timestamp_end: acceptedAt / 1_000 - 4,
              raw_url: "https://a.example/reports",
              canonical_url: "https://a.example/reports",
              session_id: "s-1",
              user_id: null,
              email: null,
              conversation_id: null,
            },
          ],
        },
      },
    ]);
  });

  it("that names no time happened when it was accepted", () => {
    const [envelope] = envelopesOf(pageview("e-1", 0, { timestamp: "yesterday" }));
    expect(envelope?.message).toMatchObject({ latestAt: null, actions: [{ timestamp_start: acceptedAt / 1_000 }] });
  });

  it("that is none, or of no session, is refused; one that says nothing is dropped", () => {
    const nobody = { event: "$pageview", properties: {} };
    const body = [pageview("e-1", 0), "x", nobody, pageview("e-2", 0, { event: "$pageleave" })];
    expect(toEventEnvelopes(readPosthogBody(body) ?? [], arrival())).toMatchObject({
      envelopes: { length: 1 },
      refused: 2,
      dropped: 1,
    });
  });
});

describe("an event that comes again", () => {
  it("is the same message, in whatever company, order and shape of body it comes, and however late", () => {
    const events = ["a", "b", "c", "d", "e"].map((uuid, n) => pageview(uuid, n * second));
    const all = new Set(idsOf(events));
    expect(all.size).toBe(5);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: 1 }), fc.nat(86_400_000), (some, laterMs) => {
        const again = idsOf({ batch: some, sent_at: new Date().toISOString() }, { acceptedAt: acceptedAt + laterMs });
        expect(again).toHaveLength(some.length);
        expect(again.every((id) => all.has(id))).toBe(true);
      }),
    );
  });

  it("within one body is one message", () => {
    expect(idsOf([pageview("e-1", 0), pageview("e-1", 0)])).toHaveLength(1);
  });

  it("is not another one that says the same at the same moment, and has a UUID of its own", () => {
    expect(new Set(idsOf([pageview("e-1", 0), pageview("e-2", 0)])).size).toBe(2);
  });

  it("is the same message though what the product masks and drops has changed", () => {
    const rules = rulesWith({ mask: toMaskRules({ allow: [], deny: ["reports"] }), keepQuery: ["tab"] });
    const flat = { event: "$pageview", session_id: "s-1", current_url: "https://a.example/reports?tab=x" };
    for (const event of [pageview("e-1", 0), flat]) expect(idsOf(event, { rules })).toEqual(idsOf(event));
  });

  it("without a UUID is known by its content", () => {
    const one = {
      event: "$pageview",
      session_id: "s-1",
      current_url: "https://a.example/x",
      timestamp: "2026-04-14T17:31:16.482Z",
    };
    const other = { ...one, timestamp: "2026-04-14T17:31:16.483Z" };
    expect(idsOf(one)).toEqual(idsOf({ ...one }, { acceptedAt: acceptedAt + 3_600 * second }));
    expect(idsOf(one)).not.toEqual(idsOf(other));
    const click = { page_url: "https://a.example/x", session_id: "s", timestamp_unix: 1_761_056_254 };
    const [first, again] = [click, { ...click }].map((body) =>
      toEventEnvelopes(readFullstoryBody(body) ?? [], arrival({ productId: "acme" })),
    );
    expect(first).toEqual(again);
  });

  it("in another session or product is another message", () => {
    const elsewhere = pageview("e-1", 0, { properties: { $session_id: "s-2" } });
    const ids = [idsOf(pageview("e-1", 0)), idsOf(elsewhere), idsOf(pageview("e-1", 0), { productId: "globex" })];
    expect(new Set(ids.flat()).size).toBe(3);
  });
});

describe("when it happened", () => {
  it("orders the events of a body, whatever their order in it", () => {
    const late = envelopesOf([pageview("b", second), pageview("c", 0), pageview("a", 2 * second)]);
    const times = late.map(({ message }) => message.actions[0]?.timestamp_start ?? 0);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });

  it("is put right where a browser's clock is wrong, and stays right when it is sent again", () => {
    const hour = 3_600 * second;
    const skewed = (sentAgoMs: number) => ({
      batch: [pageview("e-1", 10 * second - hour)],
      sent_at: new Date(acceptedAt + hour - sentAgoMs).toISOString(),
    });
    const untrusted = { user: true, email: true, clock: false };
    const [first] = envelopesOf(skewed(0), { trust: untrusted });
    const [again] = envelopesOf(skewed(-60 * second), { trust: untrusted, acceptedAt: acceptedAt + 60 * second });
    expect(first?.message.actions[0]?.timestamp_start).toBe(acceptedAt / 1_000 - 10);
    expect(again?.message.actions[0]?.timestamp_start).toBe(acceptedAt / 1_000 - 10);
    const [trusted] = envelopesOf(skewed(0));
    expect(trusted?.message.actions[0]?.timestamp_start).toBe(acceptedAt / 1_000 - 10 + 3_600);
  });

  it.each([
    ["a life before its sending", { sent_at: "2099-12-31T00:00:00Z" }, { timestamp: "2000-01-02T00:00:00Z" }],
    ["longer before than there are years", { sent_at: "2026-04-14T17:31:20Z" }, { timestamp: "", offset: 1e300 }],
    ["in the far future, with no word of its sending", {}, { timestamp: "2099-12-31T00:00:00Z" }],
    ["in no year that clocks know", {}, { timestamp: "0001-01-01T00:00:00Z" }],
  ])("is when it was accepted where a browser says %s", (_, sent, said) => {
    const trust = { user: true, email: false, clock: false };
    const [envelope] = envelopesOf({ batch: [pageview("e-1", 0, said)], ...sent }, { trust });
    expect(envelope?.message).toMatchObject({ latestAt: null, actions: [{ timestamp_start: acceptedAt / 1_000 }] });
  });

  it("is at most ten minutes ahead of us, and never before the year 2000, whatever a browser says", () => {
    const moment = fc.oneof(
      fc.date({ min: new Date(-1e14), max: new Date(2e14) }).map((date) => date.getTime()),
      fc.double(),
      fc.constantFrom(null, "", "x", "1776187880", -1, 0, 9e15),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    const trust = { user: true, email: false, clock: false };
    fc.assert(
      fc.property(moment, moment, moment, (timestamp, offset, sent_at) => {
        const event = pageview("e-1", 0, { timestamp, offset });
        for (const { message } of envelopesOf({ batch: [event], sent_at }, { trust })) {
          const atMs = (message.actions[0]?.timestamp_start ?? 0) * 1_000;
          expect(atMs).toBeGreaterThanOrEqual(946_684_800_000);
          expect(atMs).toBeLessThanOrEqual(acceptedAt + 600_000);
        }
      }),
    );
  });

  it.each([
    "2026-04-14 17:31:16.482",
    "1776187876.482",
    "1776187876482",
    1_776_187_876.482,
    "2026-04-14T19:31:16.482000+02:00",
  ])("is read from %j as its source writes it", (timestamp) => {
    const [envelope] = envelopesOf(pageview("e-1", 0, { timestamp }));
    expect(envelope?.message.actions[0]?.timestamp_start).toBe(1_776_187_876.482);
  });

  it("bounds the search for a duplicate by the earlier of both clocks", () => {
    const body = { batch: [pageview("e-1", 10 * second)], sent_at: new Date(acceptedAt).toISOString() };
    const trust = { user: true, email: true, clock: false };
    const [hoursLater] = envelopesOf(body, { trust, acceptedAt: acceptedAt + 7_200 * second });
    expect(hoursLater?.message.latestAt).toBe(acceptedAt - 10 * second);
  });
});

describe("who it tells the session of", () => {
  it("is nobody where its sender is not believed", () => {
    const event = { ...pageview("e-1", 0), $set: { email: "jane@example.com" } };
    const trust = { user: false, email: false, clock: true };
    expect(envelopesOf(event)[0]?.message).toMatchObject({ userId: "u-1", email: "jane@example.com" });
    expect(envelopesOf(event, { trust })[0]?.message).toMatchObject({ userId: undefined, email: undefined });
  });
});

describe("any event", () => {
  it("gives a message that is far from the limit of a queue, whatever stands in it", { timeout: PATIENCE_MS }, () => {
    // Long, and quickly made.
    const text = fc.string({ unit: "binary", maxLength: 50 }).map((part) => part.repeat(100));
    fc.assert(
      fc.property(text, text, text, (label, url, name) => {
        const event = pageview("e-1", 0, {
          event: `x${name}`,
          properties: { $session_id: "s", $current_url: `https://a.example/${url}`, $el_text: label },
        });
        for (const envelope of envelopesOf(event)) {
          expect(JSON.stringify(envelope).length).toBeLessThan(48 * 1_024);
        }
      }),
    );
  });

  it("says one line, whatever stands in its texts and in its address", { timeout: PATIENCE_MS }, () => {
    const part = fc.string({ unit: "binary", maxLength: 8 });
    const text = fc
      .array(fc.oneof(fc.constantFrom("\n", "\r", "\u0085", "\u2028", "\u2029", "\u202e", "\0", "\ud800", "a"), part))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, text, (label, path, name) => {
        const over = (event: string) => ({
          event,
          properties: {
            $session_id: "s",
            $current_url: `https://a.example/${encodeURIComponent(path.toWellFormed())}/${path}`,
            $el_text: label,
          },
        });
        for (const event of ["$pageview", "$autocapture", `x${name}`]) {
          for (const { message } of envelopesOf(pageview("e-1", 0, over(event)))) {
            const { description = "", title = "" } = message.actions[0] ?? {};
            expect(`${description}${title}`).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/u);
          }
        }
      }),
    );
  });
});
