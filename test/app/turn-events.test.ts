import { describe, expect, it } from "vitest";
import { queueEvents } from "../../lambdas/app/queue-events.ts";
import type { Trust } from "../../lambdas/domain/sources/event-envelopes.ts";
import { readFullstoryBody } from "../../lambdas/domain/sources/fullstory-body.ts";
import { readPosthogBody } from "../../lambdas/domain/sources/posthog-body.ts";
import type { RawEvent } from "../../lambdas/domain/sources/raw-event.ts";
import { productWithOffers, thinkingWorld } from "../support/offers.ts";
import { createWorld, type World } from "../support/world.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const server: Trust = { user: true, email: true, clock: true };
const page: Trust = { user: true, email: false, clock: false };

/** What a source's server sends, or a page, on its way to the session. */
async function arrive(world: World, events: readonly (RawEvent | null)[] | null, trust = server): Promise<void> {
  const product = await world.ports.products.find("acme");
  if (!product || !events) throw new Error("there are events of a product");
  await queueEvents(world.ports, product, events, trust);
}

/** The user opened a page of this name. */
function opened(world: World, page: string, agoMs = 0) {
  return {
    event: "$pageview",
    uuid: `uuid-of-${page}`,
    distinct_id: "user-1",
    timestamp: new Date(world.clock.now() - agoMs).toISOString(),
    properties: { $session_id: "s1", $current_url: `https://app.example.com/${page}` },
  };
}

const line = (page: string): string => `Opened the ${page} page`;

/** So many pages, a second apart, each noted. */
async function browse(world: World, pages: readonly string[]) {
  const events: ReturnType<typeof opened>[] = [];
  for (const page of pages) {
    const event = opened(world, page);
    events.push(event);
    await arrive(world, readPosthogBody(event));
    await world.advance(second);
  }
  return events;
}

describe("an event that its source sends again", () => {
  it.each([minute, 10 * minute, 5 * hour])("%i ms later, in other company, changes no note", async (laterMs) => {
    const world = createWorld();
    await world.write("c1");
    const pages = Array.from(
      { length: 40 },
      (_, n) => `Page${String.fromCharCode(97 + Math.floor(n / 6), 97 + (n % 6))}`,
    );
    const events = await browse(world, pages);
    await world.advance(laterMs);
    const notes = world.chat.notes.length;
    await arrive(world, readPosthogBody({ batch: events.slice(0, 5).reverse() }));
    await arrive(world, readPosthogBody(events[3]));
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(pages.map(line));
    expect(world.chat.notes).toHaveLength(notes);
  });

  it("without a UUID, hours later, changes no note", async () => {
    const world = createWorld();
    await world.write("c1");
    const click = {
      page_url: "https://app.example.com/reports",
      session_id: "s1",
      user_id: "user-1",
      target_text: "Export CSV",
      timestamp: new Date(world.clock.now()).toISOString(),
    };
    await arrive(world, readFullstoryBody(click));
    await browse(
      world,
      Array.from({ length: 40 }, (_, n) => `P${String.fromCharCode(97 + (n % 26), 97 + Math.floor(n / 26))}`),
    );
    await world.advance(6 * hour);
    await arrive(world, readFullstoryBody([click]));
    await world.advance(minute);
    expect(world.lines("c1").filter((text) => text.includes("Export CSV"))).toHaveLength(1);
  });
});

describe("an event that comes out of order", () => {
  it("stands in its place in time in the note that it comes in time for", async () => {
    const world = createWorld();
    await world.write("c1");
    await arrive(world, readPosthogBody(opened(world, "Second", second)));
    await arrive(world, readPosthogBody(opened(world, "Third", 0)));
    await arrive(world, readPosthogBody(opened(world, "First", 2 * second)));
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(["First", "Second", "Third"].map(line));
    expect(world.chat.notes).toHaveLength(1);
  });

  it("and too late for its note, stands in the next one, and changes none that was posted", async () => {
    const world = createWorld();
    await world.write("c1");
    await browse(world, ["Second"]);
    await world.advance(minute);
    await arrive(world, readPosthogBody(opened(world, "First", 5 * minute)));
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(["Second", "First"].map(line));
    expect(world.chat.notes).toHaveLength(2);
  });
});

describe("events of a page", () => {
  /** As the library sends them: each time it says anew when it does so, by a clock that is so far ahead. */
  const sentBy = (world: World, events: readonly object[], aheadMs: number) =>
    readPosthogBody({ batch: events, sent_at: new Date(world.clock.now() + aheadMs).toISOString() });

  it.each([0, 4 * minute, hour, -hour])("by a clock %i ms ahead, sent again, change no note", async (aheadMs) => {
    const world = createWorld();
    await world.write("c1");
    const pages = Array.from(
      { length: 40 },
      (_, n) => `P${String.fromCharCode(97 + (n % 26), 97 + Math.floor(n / 26))}`,
    );
    const sent: object[] = [];
    for (const name of pages) {
      const event = opened(world, name, -aheadMs);
      sent.push(event);
      await arrive(world, sentBy(world, [event], aheadMs), page);
      await world.advance(second);
    }
    for (const laterMs of [minute, 10 * minute, 2 * hour]) {
      await world.advance(laterMs);
      await arrive(world, sentBy(world, [...sent.slice(0, 4).reverse(), sent[38] ?? {}], aheadMs), page);
      await world.advance(minute);
    }
    expect(world.lines("c1")).toEqual(pages.map(line));
  });

  it("at times that cannot be hold nothing up, and are not lost", async () => {
    const world = createWorld();
    await world.write("c1");
    const impossible = [
      { timestamp: "", offset: 1e300 },
      { timestamp: "9999-12-31T00:00:00Z" },
      { timestamp: "2000-01-01T00:00:00Z" },
      { timestamp: -1 },
    ];
    const events = impossible.map((time, n) => ({ ...opened(world, `P${String.fromCharCode(97 + n)}`), ...time }));
    const body = { batch: [opened(world, "Before", second), ...events], sent_at: "2099-12-31T00:00:00Z" };
    await arrive(world, readPosthogBody(body), page);
    await world.advance(minute);
    await arrive(world, readPosthogBody(opened(world, "After")), page);
    await world.advance(minute);
    expect(new Set(world.lines("c1"))).toEqual(new Set(["Pa", "Pb", "Pc", "Pd", "Before", "After"].map(line)));
  });

  it("of several sessions, with one that is none among them, stand each in its own conversation's note", async () => {
    const world = createWorld();
    await world.write("c1");
    const other = opened(world, "Other");
    const elsewhere = { ...other, distinct_id: "user-2", properties: { ...other.properties, $session_id: "s2" } };
    const body = [elsewhere, { event: 1 }, null, opened(world, "Own"), { event: "$pageview", properties: [] }];
    await arrive(world, readPosthogBody(body), page);
    await world.advance(minute);
    expect(world.lines("c1")).toEqual([line("Own")]);
  });

  it("of a user who goes back and forth by links make an offer", async () => {
    const world = await thinkingWorld(productWithOffers());
    const goes = (from: string, to: string) => [
      {
        ...opened(world, from, 20),
        uuid: `click-${from}-${to}`,
        event: "$autocapture",
        elements_chain: `a:attr__href="/${to}"text="${to}"`,
      },
      { ...opened(world, to), uuid: `view-${from}-${to}` },
    ];
    for (const [from, to] of [
      ["Start", "Plans"],
      ["Plans", "Billing"],
      ["Billing", "Plans"],
    ] as const) {
      await arrive(world, readPosthogBody(goes(from, to)), page);
      await world.advance(second);
    }
    expect(world.chat.offers).toHaveLength(1);
  });
});
