import { describe, expect, it } from "vitest";
import type { StartOptions } from "../../browser/throughline.d.ts";
import { snippet } from "../support/browser-page.ts";
import { listeningPage, readyPage, started, tourWanted } from "../support/listening-page.ts";

/** PostHog, before or after it has loaded. */
function createPosthog(sessionId?: string) {
  const callbacks: ((sessionId: string) => void)[] = [];
  return {
    onSessionId(callback: (sessionId: string) => void) {
      callbacks.push(callback);
      if (sessionId) callback(sessionId);
    },
    /** Its session is known, or another one begins. */
    begins(next: string) {
      for (const callback of callbacks) callback(next);
    },
  };
}

const fromPosthog: StartOptions = { url: started.url, product: started.product };

describe("the session of a page", () => {
  it("is PostHog's, unless the page names one, and the next when PostHog begins another", async () => {
    const posthog = createPosthog("ph-1");
    const { throughline, server, pass, troubles } = readyPage({ posthog });
    throughline.start(fromPosthog);
    await pass(0);
    posthog.begins("ph-1");
    await pass(0);
    posthog.begins("ph-2");
    await pass(0);

    expect(server.askedOf("/sessions/token").map(({ body }) => body.session_id)).toEqual(["ph-1", "ph-2"]);
    await pass(40_000);
    expect(troubles).toEqual([]);
    expect(server.streams.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it("is waited for by what the page says meanwhile", async () => {
    const posthog = createPosthog();
    const { throughline, server, pass } = readyPage({ posthog });
    throughline.start({ ...fromPosthog, stream: false });
    const linked = throughline.link("c1");
    await pass(20_000);
    expect(server.asked).toEqual([]);

    posthog.begins("ph-1");

    expect(await linked).toBe(true);
    expect(server.asked).toMatchObject([{ body: { session_id: "ph-1" } }]);
  });

  it("given a PostHog that an ad blocker keeps from loading, then nobody waits for it for ever", async () => {
    const posthog = createPosthog();
    const { throughline, server, pass, troubles } = readyPage({ posthog });
    throughline.start(fromPosthog);
    const linked = throughline.link("c1");
    await pass(60_000);

    expect(await linked).toBe(false);
    expect(troubles.map(({ at }) => at)).toEqual(["session", "link"]);
    expect(server.asked).toEqual([]);

    posthog.begins("ph-1");
    await pass(0);
    expect(server.streams).toHaveLength(1);
    expect(await throughline.link("c1")).toBe(true);
  });

  it("is nobody's after stop, whatever PostHog says then, and what waited for it is told so", async () => {
    const posthog = createPosthog();
    const { throughline, server, pass } = readyPage({ posthog });
    throughline.start(fromPosthog);
    const linked = throughline.link("c1");
    throughline.stop();
    posthog.begins("ph-1");
    await pass(60_000);
    expect(await linked).toBe(false);
    expect(server.asked).toEqual([]);
  });

  it("is looked for again when the page has loaded", async () => {
    const { throughline, page, document, server, pass, happens } = readyPage();
    document.readyState = "loading";
    throughline.start(fromPosthog);
    page.posthog = createPosthog("ph-1");
    happens("load");
    await pass(0);
    expect(server.streams).toHaveLength(1);
  });

  it("given that there is none, then nothing is asked, and the page is told", async () => {
    const { throughline, server, pass, troubles } = readyPage();
    throughline.start(fromPosthog);
    await pass(60_000);
    expect(await throughline.link("c1")).toBe(false);
    expect(server.asked).toEqual([]);
    expect(troubles.map(({ at }) => at)).toEqual(["session", "link"]);
  });

  it("is another's after another start: what comes for the first is not heard", async () => {
    const { throughline, server, shown, stream, pass } = await listeningPage({}, { user: "jane", userHash: "ab12" });
    const first = stream();
    throughline.start({
      ...started,
      session: "s2",
      user: "omar",
      userHash: "cd34",
      startTour: (flow) => void shown.push(flow),
    });
    await pass(0);
    await throughline.tour("step", { flow: "tour-export" });

    expect(first.closed).toBe(true);
    expect(server.askedOf("/sessions/token").map(({ body }) => [body.session_id, body.user_id])).toEqual([
      ["s1", "jane"],
      ["s2", "omar"],
    ]);
    expect(server.askedOf("/tours/progress")).toMatchObject([
      { body: { session_id: "s2", user_id: "omar", user_hash: "cd34" } },
    ]);
  });
});

describe("the snippet", () => {
  it("loaded twice runs once", async () => {
    const { load, told, throughline, page, shown } = await listeningPage();
    load();
    await told("1-1", tourWanted("tour-export"));
    expect(page.throughline).toBe(throughline);
    expect(shown).toHaveLength(1);
  });

  it("brings one name into the page, and is not kept out by an element of that name", () => {
    expect(readyPage().added).toEqual(["throughline"]);
    const element = { id: "throughline", tagName: "SCRIPT" };
    expect(readyPage({ throughline: element }).page.throughline).not.toBe(element);
  });

  it("never throws into the page, whatever is wrong with it", async () => {
    const circular: Record<string, unknown> = {};
    circular.itself = circular;
    const { throughline, pass, troubles } = readyPage({ fetch: undefined, sessionStorage: undefined });

    throughline.start(circular as unknown as StartOptions);
    throughline.start(undefined as unknown as StartOptions);
    throughline.start({ ...started, url: circular as unknown as string });
    await pass(3_600_000);
    const saying = Promise.all([throughline.link(circular as unknown as string), throughline.tour("step")]);
    await pass(3_600_000);

    expect(await saying).toEqual([false, false]);
    expect(new Set(troubles.map(({ at }) => at))).toEqual(new Set(["session", "stream", "link", "report"]));
  });

  it("tells of a handler that fails later, and goes on", async () => {
    const { throughline, told, troubles } = await listeningPage();
    throughline.on("usertour_trigger", async () => {
      throw new Error("the page's own");
    });
    await told("1-1", tourWanted("tour-export"));
    expect(troubles).toMatchObject([{ at: "handler", why: { message: "the page's own" } }]);
  });

  it("says nothing after its handler was taken back", async () => {
    const { throughline, told } = await listeningPage();
    const heard: string[] = [];
    const end = throughline.on("usertour_trigger", ({ flow_id }) => heard.push(flow_id));
    await told("1-1", tourWanted("first"));
    end();
    await told("1-2", tourWanted("second"));
    expect(heard).toEqual(["first"]);
  });

  it("is smaller than 4 KB gzipped, and named by what it is", () => {
    expect(snippet.gzippedBytes).toBeLessThanOrEqual(4_096);
    expect(snippet.integrity).toMatch(/^sha384-[A-Za-z0-9+/]{64}$/);
  });
});
