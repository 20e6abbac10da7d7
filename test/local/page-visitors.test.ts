import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";
import { playground } from "../../local/page/product.ts";
import { createVisitors, type View, type Visitors } from "../../local/page/visitors.ts";

let intercom: FakeIntercom;
let workspace: ReturnType<FakeIntercom["addWorkspace"]>;
let visitors: Visitors;

beforeEach(async () => {
  intercom = await startFakeIntercom();
  workspace = intercom.addWorkspace(playground.accessToken);
  visitors = createVisitors(workspace, "http://127.0.0.1:9");
});
afterEach(() => intercom.close());

/** As Throughline does. */
const call = (path: string, body: object) =>
  fetch(intercom.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${playground.accessToken}`, "intercom-version": "2.14" },
    body: JSON.stringify({ type: "admin", admin_id: playground.adminId, ...body }),
  });

/** What a visitor sees, from the first look on. */
function seenBy(visitor: string): { readonly views: readonly View[]; readonly stop: () => void } {
  const views: View[] = [];
  return { views, stop: visitors.watch(visitor, (view) => views.push(view)) };
}

const lastOf = ({ views }: ReturnType<typeof seenBy>) => views.at(-1)?.parts ?? [];

describe("a visitor of the page", () => {
  it("stays who they are, and is somebody new when nobody knows them", () => {
    const visitor = visitors.join(undefined);

    expect(visitors.join(visitor)).toBe(visitor);
    expect(visitors.join("visitor-of-yesterday")).not.toBe("visitor-of-yesterday");
    expect(() => visitors.write("visitor-of-yesterday", "Hello")).toThrow("There is no visitor visitor-of-yesterday");
  });

  it("sees what is written in their own conversation, by whom, and what is taken away", async () => {
    const one = visitors.join(undefined);
    const other = visitors.join(undefined);
    const seen = seenBy(one);
    visitors.write(one, "Hello");
    visitors.write(other, "Hello, too");
    const [{ id: conversation } = { id: "" }] = lastOf(seen);
    await call(`/conversations/${conversation}/reply`, { message_type: "note", body: "Opened Reports" });
    const note = lastOf(seen)[1];
    visitors.write(one, "Are you there?");
    workspace.teammateReplies(conversation, "Yes");
    await call("/conversations/redact", {
      type: "conversation_part",
      conversation_id: conversation,
      conversation_part_id: note?.id,
    });

    expect(note).toMatchObject({ from: "throughline", kind: "note", text: "Opened Reports", redacted: false });
    expect(lastOf(seen).map(({ from, text, redacted }) => [from, text, redacted])).toEqual([
      ["user", "Hello", false],
      ["throughline", "", true],
      ["user", "Are you there?", false],
      ["teammate", "Yes", false],
    ]);
  });

  it("taps what was offered to them, and nothing else", async () => {
    const visitor = visitors.join(undefined);
    const seen = seenBy(visitor);
    visitors.write(visitor, "Hello");
    const [{ id: conversation } = { id: "" }] = lastOf(seen);
    const chip = { text: "Show me", uuid: "a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb" };
    await call(`/conversations/${conversation}/reply`, { message_type: "quick_reply", reply_options: [chip] });

    visitors.tap(visitor, chip.uuid);

    expect(lastOf(seen).at(-1)).toMatchObject({ from: "user", text: "Show me" });
    expect(() => visitors.tap(visitor, "Another")).toThrow("no chip Another");
  });

  it("is told nothing more once they have left", () => {
    const visitor = visitors.join(undefined);
    const seen = seenBy(visitor);
    seen.stop();
    visitors.write(visitor, "Hello");

    expect(seen.views.map(({ parts }) => parts)).toEqual([[]]);
  });
});
