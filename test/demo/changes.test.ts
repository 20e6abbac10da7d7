import { afterEach, beforeEach, expect, it } from "vitest";
import { recordChanges } from "../../local/demo/changes.ts";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";

const adminId = "9001";
let intercom: FakeIntercom;
let conversationId: string;

beforeEach(async () => {
  intercom = await startFakeIntercom();
  const contact = intercom.addContact({ externalId: "user-1" });
  conversationId = intercom.openConversation({ contactId: contact.id, text: "Hello?" }).id;
});

afterEach(() => intercom.close());

const writeNote = (text: string) => intercom.adminWrites(conversationId, { adminId, kind: "note", text });

async function redact(partId: string): Promise<void> {
  const body = { type: "conversation_part", conversation_id: conversationId, conversation_part_id: partId };
  await fetch(`${intercom.url}/conversations/redact`, {
    method: "POST",
    headers: { Authorization: "Bearer local-intercom-token", "Intercom-Version": "2.14" },
    body: JSON.stringify(body),
  }).catch(() => undefined);
}

it("notes and summaries are recorded as they are written, and as their texts are taken away", async () => {
  const changes = recordChanges(intercom);
  const note = writeNote("[1] Clicked Export");
  intercom.userReplies(conversationId, "Anyone?");
  const summary = writeNote("The user wanted to export.");

  await redact(note.id);
  await redact(note.id);

  expect(changes.all()).toEqual([
    { kind: "note", conversationId, partId: note.id, text: "[1] Clicked Export" },
    { kind: "summary", conversationId, partId: summary.id, text: "The user wanted to export." },
    { kind: "redaction", conversationId, partId: note.id },
  ]);
});

it("what Intercom did counts, not what it answered", async () => {
  const changes = recordChanges(intercom);
  const [dropped, refused] = [writeNote("[1] Clicked Export"), writeNote("[1] Clicked Share")];

  intercom.fault({ name: "drop-after", count: 1 });
  await redact(dropped.id);
  intercom.fault({ name: "outage", count: 1 });
  await redact(refused.id);

  expect(changes.all().filter(({ kind }) => kind === "redaction")).toEqual([
    { kind: "redaction", conversationId, partId: dropped.id },
  ]);
});

it("nothing is recorded any more once it has stopped", () => {
  const changes = recordChanges(intercom);
  changes.stop();

  writeNote("[1] Clicked Export");

  expect(changes.all()).toEqual([]);
});
