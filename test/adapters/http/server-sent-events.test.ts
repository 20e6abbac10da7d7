import { describe, expect, it } from "vitest";
import { encodeEntry, retryAfter } from "../../../lambdas/adapters/http/server-sent-events.ts";

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
