import { describe, expect, it } from "vitest";
import { createStorage } from "../support/browser-page.ts";
import { helping, listeningPage, tourWanted } from "../support/listening-page.ts";

const second = 1_000;

const wanted = tourWanted("tour-export");

/** Storage that a browser forbids: to touch it is an error. */
const blocked = {
  get getItem(): never {
    throw new DOMException("denied", "SecurityError");
  },
};

describe("a tour that its user asks for", () => {
  it("is started by the product's own function, and reported", async () => {
    const { told, shown, server } = await listeningPage();
    await told("1-1", wanted);

    expect(shown).toEqual(["tour-export"]);
    expect(server.askedOf("/tours/progress")).toMatchObject([
      { body: { progress: "started", flow_id: "tour-export" } },
    ]);
  });

  it.each([
    ["Intercom's", (intercom: unknown) => listeningPage({ Intercom: intercom }, { startTour: undefined })],
    [
      "the one that is named",
      (intercom: unknown) =>
        listeningPage({}, { startTour: undefined, intercom: intercom as (method: string) => unknown }),
    ],
  ])("is started by %s, where the product has none", async (_, open) => {
    const calls: unknown[] = [];
    const { told } = await open((...call: unknown[]) => calls.push(call));
    await told("1-1", wanted);
    expect(calls).toEqual([["startTour", "tour-export"]]);
  });

  it("is started once, though it is told twice", async () => {
    const { told, shown, stream, pass } = await listeningPage();
    await told("1-1", wanted);
    stream().cut();
    await pass(1_000);
    await told("1-1", wanted);
    await told("1-2", wanted);

    expect(shown).toEqual(["tour-export", "tour-export"]);
  });

  it("is started in one of the session's pages, the one at which its user looks", async () => {
    const localStorage = createStorage();
    const behind = await listeningPage({ localStorage });
    const seen = await listeningPage({ localStorage });
    behind.hide(true);

    await behind.told("1-1", wanted);
    await seen.told("1-1", wanted);
    behind.hide(false);
    await behind.pass(0);

    expect([behind.shown, seen.shown]).toEqual([[], ["tour-export"]]);
  });

  it("is remembered with those before it, twenty at most", async () => {
    const localStorage = createStorage();
    const { told } = await listeningPage({ localStorage });
    for (let n = 1; n <= 25; n += 1) await told(`1-${n}`, wanted);
    const { tours } = JSON.parse(localStorage.getItem("throughline:acme") ?? "{}");
    expect(tours).toEqual(Array.from({ length: 20 }, (_, index) => `1-${index + 6}`));
  });

  it("waits until the user looks", async () => {
    const { told, shown, hide, pass } = await listeningPage();
    hide(true);
    await told("1-1", wanted);
    expect(shown).toEqual([]);

    hide(false);
    await pass(0);
    hide(false);
    await pass(0);

    expect(shown).toEqual(["tour-export"]);
  });

  it("is not lost with a page that goes while its user looks elsewhere", async () => {
    const storages = { localStorage: createStorage(), sessionStorage: createStorage() };
    const left = await listeningPage(storages);
    await left.told("1-1", helping);
    left.hide(true);
    await left.told("1-2", wanted);
    await left.told("1-3", helping);

    const next = await listeningPage(storages);
    expect(next.stream().url.searchParams.get("last_event_id")).toBe("1-1");
    await next.told("1-2", wanted);
    await next.told("1-3", helping);
    expect(next.shown).toEqual(["tour-export"]);
    expect((await listeningPage(storages)).stream().url.searchParams.get("last_event_id")).toBe("1-3");
  });

  it("waits for a Messenger that is still being loaded, half a minute at most", async () => {
    const calls: unknown[] = [];
    const { page, told, pass, troubles, server } = await listeningPage({}, { startTour: undefined });
    await told("1-1", wanted);
    await pass(5 * second);
    expect(troubles).toEqual([]);
    page.Intercom = (...call: unknown[]) => calls.push(call);
    await pass(second);

    expect(calls).toEqual([["startTour", "tour-export"]]);
    expect(server.askedOf("/tours/progress")).toHaveLength(1);
    await pass(60 * second);
    expect(calls).toHaveLength(1);
  });

  it("given that nothing here shows tours, then a page of the session that can starts it", async () => {
    const localStorage = createStorage();
    const without = await listeningPage({ localStorage }, { startTour: undefined });
    const able = await listeningPage({ localStorage });
    await without.told("1-1", wanted);
    await able.told("1-1", wanted);
    await without.pass(60 * second);
    expect(able.shown).toEqual(["tour-export"]);
    expect(without.troubles.filter(({ at }) => at === "tour")).toEqual([]);
  });

  it("is not started after stop", async () => {
    const { page, told, throughline, pass } = await listeningPage({}, { startTour: undefined });
    await told("1-1", wanted);
    throughline.stop();
    const calls: unknown[] = [];
    page.Intercom = (...call: unknown[]) => calls.push(call);
    await pass(60 * second);
    expect(calls).toEqual([]);
  });

  it("is started where storage is blocked", async () => {
    const { told, shown, troubles } = await listeningPage({ sessionStorage: blocked, localStorage: undefined });
    await told("1-1", wanted);
    expect(shown).toEqual(["tour-export"]);
    expect(troubles).toEqual([]);
  });

  it("given a storage in which somebody has written something else, then the page goes on", async () => {
    const localStorage = createStorage();
    localStorage.setItem("throughline:acme", JSON.stringify({ session: "s1", tours: 5 }));
    const { told, hide, troubles } = await listeningPage({ localStorage });
    hide(true);
    await told("1-1", wanted);
    expect(() => hide(false)).not.toThrow();
    hide(false);
    expect(troubles.map(({ at }) => at)).toEqual(["tour"]);
  });

  it("given that nothing shows tours, then the page is told, and the server is not told that it was started", async () => {
    const { told, server, troubles, pass } = await listeningPage({}, { startTour: undefined });
    await told("1-1", wanted);
    await pass(45 * second);
    expect(troubles).toMatchObject([{ at: "tour" }]);
    expect(server.askedOf("/tours/progress")).toEqual([]);
  });

  it.each([
    [
      "at once",
      () => {
        throw new Error("no such tour");
      },
    ],
    ["later", () => Promise.reject(new Error("no such tour"))],
  ])("given a tool that fails %s, then the page goes on", async (_, failing) => {
    const { told, troubles } = await listeningPage({}, { startTour: failing });
    await told("1-1", wanted);
    expect(troubles).toMatchObject([{ at: "tour", why: { message: "no such tour" } }]);
  });
});
