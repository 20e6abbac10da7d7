import { describe, expect, it } from "vitest";
import { queueEvents } from "../../lambdas/app/queue-events.ts";
import { readFullstoryBody } from "../../lambdas/domain/sources/fullstory-body.ts";
import { readPosthogBody } from "../../lambdas/domain/sources/posthog-body.ts";
import type { RawEvent } from "../../lambdas/domain/sources/raw-event.ts";
import { createWorld, type World } from "../support/world.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** What a source's server sends, on its way to the session. */
async function arrive(world: World, events: readonly (RawEvent | null)[] | null): Promise<void> {
  const product = await world.ports.products.find("acme");
  if (!product || !events) throw new Error("there are events of a product");
  await queueEvents(world.ports, product, events, { user: true, email: true, clock: true });
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
