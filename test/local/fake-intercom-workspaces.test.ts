import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";

describe("another workspace of the fake Intercom", () => {
  let fake: FakeIntercom;
  let other: ReturnType<FakeIntercom["addWorkspace"]>;

  beforeEach(async () => {
    fake = await startFakeIntercom();
    other = fake.addWorkspace("other-token");
  });
  afterEach(() => fake.close());

  /** @returns the status */
  async function note(conversationId: string, token: string): Promise<number> {
    const response = await fetch(`${fake.url}/conversations/${conversationId}/reply`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ message_type: "note", type: "admin", admin_id: "9001", body: "Opened Reports" }),
    });
    return response.status;
  }

  const conversationIn = (workspace: Pick<FakeIntercom, "addContact" | "openConversation">) =>
    workspace.openConversation({ contactId: workspace.addContact({}).id, text: "Hello" }).id;

  it("is written to by its own token alone, and neither hears of the other's writing", async () => {
    const [first, second] = [conversationIn(fake), conversationIn(other)];
    const heard: string[] = [];
    fake.onPart(({ conversationId }) => heard.push(conversationId));

    expect(await note(second, "other-token")).toBe(200);
    expect(await note(second, "local-intercom-token")).toBe(404);
    expect(await note(first, "other-token")).toBe(404);

    expect(heard).toEqual([]);
    expect(other.parts(second)).toMatchObject([{ kind: "note", text: "Opened Reports" }]);
    expect(fake.counts()).toEqual([{ operation: "reply", ending: 404, requests: 1 }]);
    expect(other.counts()).toEqual([
      { operation: "reply", ending: 200, requests: 1 },
      { operation: "reply", ending: 404, requests: 1 },
    ]);
  });

  it("goes on while the first one fails", async () => {
    fake.fault({ name: "outage" });

    expect(await note(conversationIn(fake), "local-intercom-token")).toBe(503);
    expect(await note(conversationIn(other), "other-token")).toBe(200);
  });

  it("keeps its name when its token is revoked", async () => {
    other.setTokens([]);

    expect(await note(conversationIn(other), "other-token")).toBe(401);
    expect(other.counts()).toMatchObject([{ ending: 401 }]);
  });
});
