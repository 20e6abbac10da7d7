import { createHmac } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

const origin = "https://app.example.com";
const projectKey = "acme.5f0c2a7be91d";
const system = useSystem({ acme: { allowed_origins: [origin], sources: { project_key: projectKey } } });

type Sent = { readonly body: string | Uint8Array; readonly headers: Readonly<Record<string, string>> };

const json = { "content-type": "application/json" };

function send(path: string, { body, headers }: Sent): Promise<Response> {
  const bytes = typeof body === "string" ? body : new Uint8Array(body);
  return fetch(`${system().cloud.url}${path}`, { method: "POST", body: bytes, headers: { ...headers } });
}

/** An event of the visitor's, so many milliseconds after the first. */
function event(visitor: Visitor, page: string, afterMs = 0) {
  return {
    event: "$pageview",
    uuid: `${visitor.sessionId}-${page}`,
    distinct_id: visitor.userId,
    timestamp: new Date(visitor.startS * 1_000 + afterMs).toISOString(),
    properties: { $session_id: visitor.sessionId, $current_url: `${origin}/${page}`, $is_identified: true },
  };
}

/** As PostHog's own server sends it. */
function fromPosthog(body: unknown, proof?: string): Promise<Response> {
  const text = JSON.stringify(body);
  return send("/webhook/acme", {
    body: text,
    headers: { ...json, "x-posthog-secret": proof ?? system().product("acme").posthogSecret },
  });
}

describe("a webhook of PostHog's", () => {
  it("becomes a note, once, however often and in whatever company it comes", async () => {
    const visitor = newVisitor(system());
    const conversation = await visitor.opensChat();
    const [first, second] = [event(visitor, "reports"), event(visitor, "billing", 1)];

    const answer = await fromPosthog({ batch: [second, first] });
    expect([answer.status, await answer.json()]).toEqual([202, { accepted: 2, dropped: 0, refused: 0 }]);
    await untilNotes(system(), visitor, conversation, 1);
    await fromPosthog(first);
    await fromPosthog([second]);
    await settled(system());

    expect(visitor.lines(conversation)).toEqual(["Opened the Reports page", "Opened the Billing page"]);
  });

  it("of hundreds of events becomes notes with each of them once, in their order, though it comes twice", async () => {
    const visitor = newVisitor(system());
    const conversation = await visitor.opensChat();
    const letters = [..."abcdefghijklmnop"];
    const pages = letters.flatMap((one) => letters.map((other) => `page-${one}${other}`));
    const body = { batch: pages.map((page, at) => event(visitor, page, at)) };
    expect(await (await fromPosthog(body)).json()).toEqual({ accepted: 256, dropped: 0, refused: 0 });
    expect((await fromPosthog(body)).status).toBe(202);
    await settled(system());
    const opened = pages.map((page) => `Opened the ${page.replace("page-", "Page ")} page`);
    expect(visitor.lines(conversation)).toEqual(opened);
  });

  it("may be signed, and is refused with a wrong signature", async () => {
    const visitor = newVisitor(system());
    const body = JSON.stringify(event(visitor, "reports"));
    const { posthogSecret } = system().product("acme");
    const signature = createHmac("sha256", posthogSecret).update(body).digest("hex");
    expect((await fromPosthog(JSON.parse(body), `sha256=${signature}`)).status).toBe(202);
    expect((await fromPosthog(JSON.parse(body), `sha256=${signature.replace(/./g, "0")}`)).status).toBe(401);
  });
});

describe("a stream of FullStory's", () => {
  it("becomes a note", async () => {
    const visitor = newVisitor(system());
    const conversation = await visitor.opensChat();
    const click = {
      target_text: "Export CSV",
      element_name: "Export button",
      page_url: `${origin}/reports`,
      timestamp: new Date(visitor.startS * 1_000).toISOString(),
      user_id: visitor.userId,
      session_id: visitor.sessionId,
    };
    const headers = { ...json, authorization: `Bearer ${system().product("acme").fullstoryToken}` };
    expect((await send("/webhook/acme", { body: JSON.stringify(click), headers })).status).toBe(202);
    await untilNotes(system(), visitor, conversation, 1);
    expect(visitor.lines(conversation)).toEqual(["Clicked the Export CSV button on the Reports page"]);
  });
});

describe("PostHog's library in a page", () => {
  const batch = (visitor: Visitor, page: string) => ({
    api_key: projectKey,
    batch: [event(visitor, page)],
    sent_at: new Date().toISOString(),
  });

  it.each(["/i/v0/e/", "/e/", "/batch/"])("reaches its session's conversation at %s", async (path) => {
    const visitor = newVisitor(system());
    const conversation = await visitor.opensChat();
    const answer = await send(path, {
      body: JSON.stringify(batch(visitor, "reports")),
      headers: { ...json, origin },
    });
    expect([answer.status, await answer.text()]).toEqual([200, '{"status":1}']);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    await untilNotes(system(), visitor, conversation, 1);
    expect(visitor.lines(conversation)).toEqual(["Opened the Reports page"]);
  });

  it("is asked to send again what the gateway spoiled, and is heard as a beacon", async () => {
    const visitor = newVisitor(system());
    const compressed = gzipSync(JSON.stringify(batch(visitor, "reports")));
    const spoiled = await send("/e/", { body: compressed, headers: { "content-type": "text/plain", origin } });
    expect(spoiled.status).toBe(202);
    const form = `data=${encodeURIComponent(Buffer.from(JSON.stringify(batch(visitor, "reports"))).toString("base64"))}`;
    const headers = { "content-type": "application/x-www-form-urlencoded", origin };
    expect((await send("/e/?compression=base64", { body: form, headers })).status).toBe(200);
  });

  it("is not heard from another origin, or with another key", async () => {
    const visitor = newVisitor(system());
    const body = JSON.stringify(batch(visitor, "reports"));
    const foreign = await send("/i/v0/e/", { body, headers: { ...json, origin: "https://evil.example.com" } });
    const other = await send("/i/v0/e/", { body: body.replace(projectKey, "nobody.5f0c2a7be91d"), headers: json });
    expect([foreign.status, other.status]).toEqual([401, 401]);
    expect(await foreign.text()).toBe(await other.text());
  });

  it("finds what it asks for at its start, from any page", async () => {
    const base = system().cloud.url;
    const preflight = await fetch(`${base}/i/v0/e/`, { method: "OPTIONS", headers: { origin } });
    expect(preflight.status).toBe(204);
    expect(await (await fetch(`${base}/array/${projectKey}/config`)).json()).toMatchObject({
      supportedCompression: [],
    });
    expect((await fetch(`${base}/array/${projectKey}/config.js`)).headers.get("content-type")).toMatch(/javascript/);
    expect((await send("/flags/?v=2", { body: "{}", headers: json })).status).toBe(200);
  });
});
