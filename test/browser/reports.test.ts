import { describe, expect, it } from "vitest";
import { createStorage } from "../support/browser-page.ts";
import { listeningPage, readyPage, started, tourWanted } from "../support/listening-page.ts";

const second = 1_000;

/** A page that only reports. */
function reportingPage() {
  const page = readyPage();
  page.throughline.start({ ...started, stream: false });
  return page;
}

describe("what a page says of its conversation", () => {
  it("is sent without cookies, and so that it outlives the page", async () => {
    const { throughline, server } = readyPage();
    throughline.start({ ...started, stream: false, user: "jane", userHash: "ab12" });

    expect(await throughline.link("c1")).toBe(true);

    expect(server.asked).toMatchObject([
      {
        url: { href: "https://api.example.com/sessions/link" },
        init: { method: "POST", credentials: "omit", keepalive: true, headers: { "content-type": "application/json" } },
      },
    ]);
    expect(server.asked[0]?.body).toEqual({
      product_id: "acme",
      session_id: "s1",
      conversation_id: "c1",
      user_id: "jane",
      user_hash: "ab12",
    });
  });

  it("leaves out what the page does not know", async () => {
    const { throughline, server } = reportingPage();
    await throughline.link("c1");
    expect(Object.keys(server.asked[0]?.body ?? {})).toEqual(["product_id", "session_id", "conversation_id"]);
  });

  it.each([503, 429, new TypeError("offline")])("given %s, then it is sent again, and later still", async (trouble) => {
    const { throughline, server, pass } = reportingPage();
    server.answers("/sessions/link", trouble, trouble);
    const accepted = throughline.link("c1");
    await pass(0.4 * second);
    expect(server.asked).toHaveLength(1);
    await pass(2.6 * second);

    expect(await accepted).toBe(true);
    expect(server.asked).toHaveLength(3);
  });

  it("given that no answer comes at all, then it is sent again, and what is behind it need not wait for ever", async () => {
    const { throughline, server, pass } = reportingPage();
    server.answers("/sessions/link", "never", "never", "never", "never", "never");
    const linked = throughline.link("c1");
    const told = throughline.tour("completed");
    await pass(90 * second);
    expect([await linked, await told]).toEqual([false, true]);
    expect(server.askedOf("/sessions/link")).toHaveLength(5);
  });

  it("is given up after five tries", async () => {
    const { throughline, server, pass, troubles } = reportingPage();
    server.answers("/sessions/link", 503, 503, 503, 503, 503);
    const accepted = throughline.link("c1");
    await pass(20 * second);
    expect(await accepted).toBe(false);
    expect(server.asked).toHaveLength(5);
    expect(troubles).toEqual([{ at: "link", why: 503 }]);
  });

  it.each([400, 401, 403])("given a refusal with %i, then it is not insisted on", async (status) => {
    const { throughline, server } = reportingPage();
    server.answers("/sessions/link", status);
    expect(await throughline.link("c1")).toBe(false);
    expect(server.asked).toHaveLength(1);
  });
});

describe("what a page says of its tour", () => {
  it("is of the tour that was started last, unless it names another, each report with a name of its own", async () => {
    const { throughline, server, told } = await listeningPage();
    await told("1-1", tourWanted("tour-export"));

    await throughline.tour("step", { step: 2 });
    await throughline.tour("completed", { flow: "tour-roles" });

    const bodies = server.askedOf("/tours/progress").map(({ body }) => body);
    expect(bodies).toMatchObject([
      { progress: "started", flow_id: "tour-export" },
      { progress: "step", flow_id: "tour-export", step: 2 },
      { progress: "completed", flow_id: "tour-roles" },
    ]);
    expect(new Set(bodies.map(({ id }) => id)).size).toBe(3);
  });

  it("is of the same tour in the page that the user opens next", async () => {
    const localStorage = createStorage();
    const first = await listeningPage({ localStorage });
    await first.told("1-1", tourWanted("tour-export"));

    const next = await listeningPage({ localStorage });
    await next.throughline.tour("step", { step: 2 });
    expect(next.server.askedOf("/tours/progress")).toMatchObject([{ body: { flow_id: "tour-export", step: 2 } }]);

    const other = await listeningPage({ localStorage }, { session: "s2" });
    await other.throughline.tour("step", { step: 2 });
    expect(other.server.askedOf("/tours/progress")[0]?.body.flow_id).toBeUndefined();
  });

  it("is the same report when it is sent again, and those behind it wait", async () => {
    const { throughline, server, pass } = reportingPage();
    server.answers("/tours/progress", 503);
    void throughline.tour("step", { step: 1 });
    const done = throughline.tour("completed");
    await pass(second);

    expect(await done).toBe(true);
    const bodies = server.asked.map(({ body }) => body);
    expect(bodies.map(({ progress }) => progress)).toEqual(["step", "step", "completed"]);
    expect(bodies[0]?.id).toBe(bodies[1]?.id);
  });
});
