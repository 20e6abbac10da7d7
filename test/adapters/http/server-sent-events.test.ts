import { describe, expect, it } from "vitest";
import { encodeEntry, encodeFeedEntry, retryAfter } from "../../../lambdas/adapters/http/server-sent-events.ts";

const offer = {
  type: "offer",
  product_id: "acme",
  session_id: "s1",
  conversation_id: "c1",
  body: "Need help?\n\ndata: forged\r\nid: 9",
  chips: [],
} as const;

describe("an entry of a stream", () => {
  it("is one event, whatever line breaks its texts have", () => {
    const lines = encodeEntry({ kind: "event", id: "1767225600000-4", event: offer }).split(/\r\n|\n|\r/);
    expect(lines).toEqual(["id: 1767225600000-4", "event: offer", expect.stringMatching(/^data: /), "", ""]);
    expect(JSON.parse(lines[2]?.slice("data: ".length) ?? "")).toEqual(offer);
  });

  it("is a comment while nothing happens, and says when to come back", () => {
    expect(encodeEntry({ kind: "heartbeat" })).toMatch(/^:.*\n\n$/);
    expect(retryAfter(1_000)).toBe("retry: 1000\n\n");
  });
});

describe("an entry of a product's stream", () => {
  const summary = {
    type: "summary",
    product_id: "acme",
    session_id: "s1",
    summary: "Compared plans.\n\nevent: forged",
    replaces: 20,
    forwarded_at: 1_767_225_600.5,
  } as const;

  it("names itself by its type, and its data says it again", () => {
    const [id, event, data, ...rest] = encodeFeedEntry({ kind: "event", id: "7", event: summary }).split("\n");
    expect([id, event, rest]).toEqual(["id: 7", "event: summary", ["", ""]]);
    expect(JSON.parse(data?.slice("data: ".length) ?? "")).toEqual(summary);
  });

  it("that says nothing is a heartbeat with data, since the reference's clients parse every other frame", () => {
    expect(encodeFeedEntry({ kind: "heartbeat" })).toBe("event: heartbeat\ndata: {}\n\n");
    expect(encodeFeedEntry({ kind: "place", id: "7" })).toBe("id: 7\nevent: heartbeat\ndata: {}\n\n");
  });
});
