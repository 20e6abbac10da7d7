import { describe, expect, it } from "vitest";
import { helping, listeningPage, readyPage, started } from "../support/listening-page.ts";

const second = 1_000;
const minute = 60 * second;

describe("a page that is kept from listening", () => {
  it.each([400, 401, 403])("given a refusal with %i, then it does not insist", async (status) => {
    const { throughline, server, pass, hide, troubles } = readyPage();
    server.answers("/sessions/token", status);
    throughline.start(started);
    await pass(10 * minute);
    hide(false);
    await pass(10 * minute);

    expect(server.asked).toHaveLength(1);
    expect(troubles).toEqual([{ at: "stream", why: status }]);
  });

  it.each([503, 429])("given %i, then it asks again", async (status) => {
    const { throughline, server, pass } = readyPage();
    server.answers("/sessions/token", status);
    throughline.start(started);
    await pass(second);
    expect(server.streams).toHaveLength(1);
  });

  it("given that nothing ever comes through, then it stops trying, until something changes", async () => {
    const { throughline, server, pass, happens } = readyPage();
    server.answers("/sessions/token", ...Array.from({ length: 100 }, () => new TypeError("blocked")));
    throughline.start(started);
    await pass(60 * minute);
    expect(server.asked).toHaveLength(8);

    happens("online");
    await pass(60 * minute);
    expect(server.asked).toHaveLength(9);
  });

  it("given something that answers in the server's place, then it stops trying as well", async () => {
    let asked = 0;
    const fetch = async () => {
      asked += 1;
      return Response.json({});
    };
    const { throughline, pass } = readyPage({ fetch });
    throughline.start(started);
    await pass(60 * minute);
    expect(asked).toBe(8);
  });

  it("given that tokens come through and streams do not, then it goes on trying, more and more seldom", async () => {
    const { throughline, server, pass } = readyPage();
    // What a browser makes of Lambda's own 429, which no page may read.
    server.answers("/stream/acme", ...Array.from({ length: 14 }, () => new TypeError("Failed to fetch")));
    throughline.start(started);
    await pass(10 * minute);
    expect(server.streams).toHaveLength(0);
    expect(server.asked.length).toBeLessThan(25);

    await pass(30 * minute);
    expect(server.streams.length).toBeGreaterThan(0);
  });

  it("given an answer that makes no sense, then the page goes on", async () => {
    const { throughline, stream, pass, troubles } = await listeningPage();
    throughline.on("state", () => {
      throw new Error("the page's own");
    });
    stream().write("id: 1-1\nevent: offer\ndata: {\n\n");
    stream().send("1-2", helping);
    await pass(0);
    expect(troubles).toMatchObject([{ at: "stream" }, { at: "handler", why: { message: "the page's own" } }]);
  });
});
