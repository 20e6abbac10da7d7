import { describe, expect, it } from "vitest";
import type { ThroughlineEvents } from "../../browser/throughline.d.ts";
import type { PageEvent } from "../../lambdas/domain/session/page-event.ts";
import { createStorage } from "../support/browser-page.ts";
import { helping, listeningPage, offered, readyPage, started, tourWanted } from "../support/listening-page.ts";

const second = 1_000;
const minute = 60 * second;

/** Where a page said that it had been. */
const seen = ({ url }: { readonly url: URL }) => url.searchParams.get("last_event_id");

/** A browser in which chance is no chance, from 0 to 1. */
const withChance = (chance: number) => ({ Math: Object.create(Math, { random: { value: () => chance } }) });

describe("a page that listens", () => {
  it("asks for a token, opens the stream with it, and tells what comes", async () => {
    const { throughline, server, stream, told } = await listeningPage({}, { user: "jane", userHash: "ab12" });
    const heard: unknown[] = [];
    throughline.on("offer", (offer) => heard.push(offer));
    throughline.on("state", ({ state }) => heard.push(state));

    await told("1-1", helping);
    await told("1-2", offered);

    expect(server.askedOf("/sessions/token")).toMatchObject([
      {
        body: { product_id: "acme", session_id: "s1", user_id: "jane", user_hash: "ab12" },
        init: { credentials: "omit" },
      },
    ]);
    expect(server.askedOf("/stream/acme")).toMatchObject([{ init: { credentials: "omit", cache: "no-store" } }]);
    expect(stream().url.searchParams.get("token")).toBe("token-1");
    expect(seen(stream())).toBeNull();
    expect(heard).toEqual(["proactive_assistance", offered]);
  });

  it("is told of what the session tells its page, in the same words", () => {
    // Does not compile when the two are no longer one.
    const known: (event: PageEvent) => ThroughlineEvents[keyof ThroughlineEvents] = (event) => event;
    expect(known(helping)).toBe(helping);
  });

  it("reads events that come in pieces, and knows heartbeats", async () => {
    const { throughline, stream, pass, troubles } = await listeningPage();
    const heard: string[] = [];
    throughline.on("offer", ({ body }) => heard.push(body));
    const body = "“Grüße”\u2028: id: 7";
    const bytes = `: still here\n\nid: 1-1\r\nevent: offer\r\ndata: ${JSON.stringify({ ...offered, body })}\r\n\r\n`;

    for (const piece of [bytes.slice(0, 30), bytes.slice(30, 80), bytes.slice(80)]) {
      stream().write(piece);
      await pass(0);
    }

    expect(heard).toEqual([body]);
    expect(troubles).toEqual([]);
  });

  it("goes on where it was when the network was cut, a moment later", async () => {
    const { stream, server, told, pass } = await listeningPage();
    await told("1-4", helping);

    stream().cut();
    await pass(second);

    expect(server.streams.map(seen)).toEqual([null, "1-4"]);
  });

  it("goes on where the stream says that it is, though nothing has happened", async () => {
    const { stream, server, pass } = await listeningPage();
    stream().write("id: 1-3\n\n");
    await pass(0);

    stream().end();
    await pass(second);

    expect(seen(stream())).toBe("1-3");
    expect(server.streams).toHaveLength(2);
  });

  it("goes on in the page that the user opens next in the same tab, and in no other tab", async () => {
    const sessionStorage = createStorage();
    const first = await listeningPage({ sessionStorage });
    await first.told("1-4", helping);

    expect(seen((await listeningPage({ sessionStorage })).stream())).toBe("1-4");
    expect(seen((await listeningPage()).stream())).toBeNull();
    expect(seen((await listeningPage({ sessionStorage }, { session: "s2" })).stream())).toBeNull();
  });

  it("goes on within a second, as often as the server ends the stream after its time, and knows no trouble", async () => {
    const { stream, server, pass, troubles } = await listeningPage();
    for (let minutes = 1; minutes <= 30; minutes += 1) {
      for (const _ of [1, 2]) {
        await pass(25 * second);
        stream().write(": still here\n\n");
      }
      stream().end();
      await pass(second);
      expect(server.streams).toHaveLength(minutes + 1);
    }
    expect(troubles).toEqual([]);
  });

  it("waits longer and longer for a stream that is ended as soon as it is open", async () => {
    const { stream, server, pass, troubles } = await listeningPage();
    for (let waitS = 1; waitS <= 32; waitS *= 2) {
      stream().end();
      await pass(waitS * second);
    }
    expect(server.streams).toHaveLength(7);
    expect(troubles).toHaveLength(6);
    stream().end();
    await pass(31 * second);
    expect(server.streams).toHaveLength(7);
  });

  it("takes a stream without a heartbeat for dead", async () => {
    const { stream, server, pass } = await listeningPage();
    const [first] = server.streams;
    for (const _ of [1, 2, 3]) {
      await pass(20 * second);
      stream().write(": still here\n\n");
    }
    expect(server.streams).toHaveLength(1);

    await pass(minute);

    expect(first?.closed).toBe(true);
    expect(server.streams).toHaveLength(2);
  });

  it("asks for a new token when the old one is over, and not before", async () => {
    const { stream, server, pass } = await listeningPage();
    stream().cut();
    await pass(second);
    expect(server.askedOf("/sessions/token")).toHaveLength(1);

    for (let at = 0; at < 11; at += 1) {
      stream().write(": still here\n\n".repeat(2));
      await pass(49 * second);
    }
    stream().write(": still here\n\n");
    await pass(second);
    stream().end();
    await pass(10 * second);
    stream().end();
    await pass(minute);

    const tokens = server.streams.map(({ url }) => url.searchParams.get("token"));
    expect(tokens.slice(0, 2)).toEqual(["token-1", "token-1"]);
    expect(tokens.at(-1)).toBe("token-2");
  });

  it("asks for a new token when the stream does not take this one", async () => {
    const { stream, server, pass } = await listeningPage();
    server.answers("/stream/acme", 401);
    stream().end();
    await pass(10 * second);

    expect(stream().url.searchParams.get("token")).toBe("token-2");
  });

  it.each([
    ["at most", 1, [1, 2, 4, 8, 16]],
    ["at least", 0, [0.5, 1, 2, 4, 8]],
  ])("waits longer after each failure, by chance %s", async (_, chance, waitsS) => {
    const { stream, server, pass } = await listeningPage(withChance(chance));
    server.answers("/stream/acme", ...waitsS.slice(1).map(() => new TypeError("network error")));
    stream().cut();
    await pass(minute / 2 + second);

    const times = server.askedOf("/stream/acme").map(({ atMs }) => atMs);
    expect(times.slice(1).map((at, index) => (at - (times[index] ?? 0)) / second)).toEqual(waitsS);
  });

  it("waits no longer than five minutes, and begins anew after a sound connection", async () => {
    const { stream, server, pass } = await listeningPage(withChance(1));
    server.answers("/stream/acme", ...Array.from({ length: 12 }, () => new TypeError("network error")));
    stream().cut();
    const doubling = 1 + 2 + 4 + 8 + 16 + 32 + 64 + 128 + 256;
    await pass(doubling * second + 4 * 5 * minute - second);
    expect(server.streams).toHaveLength(1);
    await pass(second);
    expect(server.streams).toHaveLength(2);
    await pass(45 * second);
    stream().write(": still here\n\n");
    await pass(45 * second);

    stream().end();
    await pass(second);

    expect(server.streams).toHaveLength(3);
  });

  it("comes back at once when the browser is online again", async () => {
    const { stream, server, pass, happens } = await listeningPage(withChance(1));
    server.answers("/stream/acme", new TypeError("network error"));
    stream().cut();
    await pass(2 * second);
    const before = server.streams.length;

    happens("online");
    await pass(0);

    expect([before, server.streams.length]).toEqual([1, 2]);
  });

  it("does not listen while nobody has looked for five minutes, and goes on when they do", async () => {
    const { told, stream, server, hide, pass } = await listeningPage();
    await told("1-4", helping);
    const beat = async () => {
      for (let at = 0; at < 12 && !stream().closed; at += 1) {
        stream().write(": still here\n\n");
        await pass(25 * second);
      }
    };
    hide(true);
    await pass(0);
    expect(stream().closed).toBe(false);
    await beat();
    expect(stream().closed).toBe(true);
    await pass(60 * minute);
    expect(server.streams).toHaveLength(1);

    hide(false);
    await pass(0);

    expect(server.streams.map(seen)).toEqual([null, "1-4"]);
  });

  it("does not listen while it is left, and goes on when the user comes back to it", async () => {
    const { stream, server, happens, pass } = await listeningPage();
    happens("pagehide");
    await pass(10 * minute);
    expect(stream().closed).toBe(true);

    happens("pageshow");
    await pass(0);

    expect(server.streams).toHaveLength(2);
  });

  it("that only reports does not listen", async () => {
    const { throughline, server, pass } = readyPage();
    throughline.start({ ...started, stream: false });
    expect(await throughline.link("c1")).toBe(true);
    await pass(10 * minute);
    expect(server.asked.map(({ path }) => path)).toEqual(["/sessions/link"]);
  });

  it("hears nothing more after stop, not even what is on its way", async () => {
    const { throughline, stream, pass, shown } = await listeningPage();
    throughline.on("state", () => throughline.stop());
    const [first, second] = [helping, tourWanted("tour-export")].map(
      (event, n) => `id: 1-${n + 1}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
    );
    stream().write(`${first}${second}`);
    await pass(10 * minute);

    expect(shown).toEqual([]);
    expect(stream().closed).toBe(true);
  });
});
