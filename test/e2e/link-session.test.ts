import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openPage } from "../support/browser-page.ts";
import { createVirtualTime } from "../support/virtual-time.ts";
import { recordQueued } from "./support/queue.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

const origin = "https://app.example.com";
const pages = { allowed_origins: [origin, "http://localhost:5173"] };

/** In `strict`, pages must prove their users. */
const system = useSystem({ acme: pages, strict: { ...pages, identity_verification: true } });

const url = () => `${system().cloud.url}/sessions/link`;

/** The visitor's page says what it knows, by the snippet. */
function claims(visitor: Visitor, conversationId: string, more: object = {}, from = origin): Promise<boolean> {
  const { throughline } = openPage(
    {
      fetch: (address: string, init: RequestInit) =>
        fetch(address, { ...init, headers: { ...init.headers, origin: from } }),
      setTimeout,
    },
    createVirtualTime(Date.now()),
  );
  const { productId: product, sessionId: session } = visitor;
  throughline.start({ url: system().cloud.url, product, session, stream: false, ...more });
  return throughline.link(conversationId);
}

/** Records which conversations of `acme` are read from now on. Returns their paths so far. */
function recordReads(): () => readonly string[] {
  const paths: string[] = [];
  const { road } = system().product("acme");
  const stop = road.onCall((step, { method, path }) => {
    if (step === "before" && method === "GET") paths.push(path);
  });
  return () => {
    stop();
    return paths;
  };
}

describe("a page's claim", () => {
  it("is believed when Intercom says that the conversation is the user's: what waited is noted there", async () => {
    const visitor = newVisitor(system());
    const conversation = visitor.opensChatUnheard();
    await visitor.acts(["Opened Reports"]);

    expect(await claims(visitor, conversation)).toBe(true);

    await untilNotes(system(), visitor, conversation, 1);
    await settled(system());
    expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports")]);
  });

  it("to another person's conversation is refused, and asked about only once", async () => {
    const visitor = newVisitor(system());
    const stranger = newVisitor(system());
    const foreign = stranger.opensChatUnheard();
    await visitor.acts(["Opened Reports"]);
    await settled(system());
    const asked = recordReads();

    expect(await claims(visitor, foreign)).toBe(true);
    await settled(system());
    expect(await claims(visitor, foreign)).toBe(true);
    await visitor.acts(["Clicked Export"], { conversation_id: foreign });
    await settled(system());

    expect(asked()).toEqual([`/conversations/${foreign}`]);
    expect(stranger.notes(foreign)).toEqual([]);
  });

  it("before any activity is taken on trust, until a batch names the user", async () => {
    const visitor = newVisitor(system());
    const conversation = visitor.opensChatUnheard();

    await claims(visitor, conversation);
    await settled(system());
    const asked = recordReads();
    await visitor.acts(["Opened Reports"]);

    await untilNotes(system(), visitor, conversation, 1);
    await settled(system());
    expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports")]);
    expect(asked()).toEqual([`/conversations/${conversation}`]);
  });
});

describe("a page of another origin", () => {
  it("is refused, as is a page of an unknown product, in the same words that any page may read", async () => {
    const queued = recordQueued(system());
    const visitor = newVisitor(system());
    const answerTo = async (productId: string, from?: string) => {
      const response = await fetch(url(), {
        method: "POST",
        headers: { "content-type": "application/json", ...(from ? { origin: from } : {}) },
        body: JSON.stringify({ product_id: productId, session_id: visitor.sessionId, conversation_id: "1" }),
      });
      return [response.status, response.headers.get("access-control-allow-origin"), await response.text()];
    };

    const refused = [403, "*", '{"error":"forbidden"}'];
    expect(await answerTo("acme", "https://evil.example.com")).toEqual(refused);
    expect(await answerTo("acme", `${origin}:8443`)).toEqual(refused);
    expect(await answerTo("acme")).toEqual(refused);
    expect(await answerTo("nobody", origin)).toEqual(refused);
    expect(await claims(visitor, "1", {}, "https://evil.example.com")).toBe(false);
    expect(queued()).toEqual([]);
  });

  it("may ask beforehand, as any may", async () => {
    const { status, headers } = await fetch(url(), {
      method: "OPTIONS",
      headers: {
        origin: "https://evil.example.com",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
      },
    });
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-allow-methods")).toBe("POST");
    expect(headers.get("access-control-allow-headers")).toBe("content-type");
  });
});

describe("where pages must prove their users", () => {
  const hashOf = (userId: string) =>
    createHmac("sha256", system().product("strict").identitySecret).update(userId).digest("hex");

  it("no user, and another user's hash, are refused", async () => {
    const queued = recordQueued(system());
    const visitor = newVisitor(system(), "strict");
    const conversation = visitor.opensChatUnheard();
    const { userId } = visitor;

    expect(await claims(visitor, conversation)).toBe(false);
    expect(await claims(visitor, conversation, { user: userId, userHash: hashOf("somebody else") })).toBe(false);
    expect(queued()).toEqual([]);
  });

  it("a proved user is the session's person before there is any activity", async () => {
    const visitor = newVisitor(system(), "strict");
    const conversation = visitor.opensChatUnheard();
    const { userId } = visitor;
    const linked = Promise.withResolvers<unknown>();
    const stop = system().cloud.events.onEvent((event) => {
      const text = JSON.stringify(event);
      if (text.includes("session.linked") && text.includes(visitor.sessionId)) linked.resolve(text);
    });

    expect(await claims(visitor, conversation, { user: userId, userHash: hashOf(userId) })).toBe(true);

    expect(await linked.promise).toMatch(/verified\W+true/);
    stop();
    await visitor.acts(["Opened Reports"], { user_id: null });
    await untilNotes(system(), visitor, conversation, 1);
    await settled(system());
    expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports")]);
  });
});
