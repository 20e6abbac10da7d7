import { describe, expect, it } from "vitest";
import { type Browser, openPage, snippet } from "../support/browser-page.ts";

const link = { url: "https://api.example.com/sessions/link", productId: "acme", sessionId: "s1", conversationId: "c1" };

/** A browser whose server gives these answers, one a request; an Error is a connection that fails. No wait takes time. */
function browserWith(answers: readonly (number | Error)[]) {
  const requests: { readonly url: string; readonly init: RequestInit }[] = [];
  const waits: number[] = [];
  const browser: Browser = {
    fetch: async (url, init) => {
      requests.push({ url, init });
      const answer = answers[requests.length - 1] ?? new Error("one request too many");
      if (answer instanceof Error) throw answer;
      return { status: answer };
    },
    setTimeout: (callback, ms) => {
      waits.push(ms);
      queueMicrotask(callback);
    },
  };
  return { ...openPage(browser), requests, waits };
}

describe("linkSession", () => {
  it("posts what the page knows, without cookies, and so that it outlives the page", async () => {
    const { linkSession, requests } = browserWith([202]);

    expect(await linkSession({ ...link, userId: "jane", userHash: "ab12" })).toBe(true);

    expect(requests).toEqual([
      {
        url: link.url,
        init: expect.objectContaining({ method: "POST", credentials: "omit", keepalive: true }),
      },
    ]);
    expect(JSON.parse(String(requests[0]?.init.body))).toEqual({
      product_id: "acme",
      session_id: "s1",
      conversation_id: "c1",
      user_id: "jane",
      user_hash: "ab12",
    });
  });

  it("leaves out what the page does not know", async () => {
    const { linkSession, requests } = browserWith([202]);
    await linkSession(link);
    expect(Object.keys(JSON.parse(String(requests[0]?.init.body)))).toEqual([
      "product_id",
      "session_id",
      "conversation_id",
    ]);
  });

  it.each([503, 429, new Error("offline")])("given %s, then it tries again, and later still", async (trouble) => {
    const { linkSession, waits } = browserWith([trouble, trouble, 202]);
    expect(await linkSession(link)).toBe(true);
    expect(waits).toHaveLength(2);
    expect(waits[0]).toBeGreaterThanOrEqual(1_000);
    expect(waits[1]).toBeGreaterThanOrEqual(2_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2_500);
  });

  it("gives up after three tries", async () => {
    const { linkSession, requests } = browserWith([503, 503, 503]);
    expect(await linkSession(link)).toBe(false);
    expect(requests).toHaveLength(3);
  });

  it.each([400, 401, 403])("given a refusal with %i, then it does not insist", async (status) => {
    const { linkSession, requests } = browserWith([status]);
    expect(await linkSession(link)).toBe(false);
    expect(requests).toHaveLength(1);
  });

  it("never throws into the page, whatever is wrong with it", async () => {
    const circular: Record<string, unknown> = {};
    circular.sessionId = circular;
    const immediately: Browser["setTimeout"] = (callback) => callback();
    const anciently = openPage({ setTimeout: immediately });

    expect(await anciently.linkSession(link)).toBe(false);
    expect(await anciently.linkSession(circular)).toBe(false);
    expect(await openPage({}).linkSession(link)).toBe(false);
    expect(await openPage({}).linkSession(undefined)).toBe(false);
  });
});

describe("the snippet", () => {
  it("is smaller than 2 KB, comments and all", () => {
    expect(Buffer.byteLength(snippet)).toBeLessThan(2_048);
  });
});
