import { describe, expect, it } from "vitest";
import { createStorage } from "../support/browser-page.ts";
import { listeningPage, tourWanted } from "../support/listening-page.ts";

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

  it("is started where storage is blocked", async () => {
    const { told, shown, troubles } = await listeningPage({ sessionStorage: blocked, localStorage: undefined });
    await told("1-1", wanted);
    expect(shown).toEqual(["tour-export"]);
    expect(troubles).toEqual([]);
  });

  it("given that nothing shows tours, then the page is told, and the server is not told that it was started", async () => {
    const { told, server, troubles } = await listeningPage({}, { startTour: undefined });
    await told("1-1", wanted);
    expect(troubles).toMatchObject([{ at: "tour" }]);
    expect(server.askedOf("/tours/progress")).toEqual([]);
  });

  it("given a tool that throws, then the page goes on", async () => {
    const failing = () => {
      throw new Error("no such tour");
    };
    const { told, troubles } = await listeningPage({}, { startTour: failing });
    await told("1-1", wanted);
    expect(troubles).toMatchObject([{ at: "tour", why: { message: "no such tour" } }]);
  });
});
