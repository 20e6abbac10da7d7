import * as z from "zod";
import { notedDescriptions } from "../../local/demo/ledger.ts";
import { plainText } from "../../local/fake-intercom/html.ts";
import type { FakeIntercom } from "../../local/fake-intercom/server.ts";
import type { FakePart } from "../../local/fake-intercom/world.ts";
import type { FoundNote } from "./evidence.ts";

export type WatchedNotes = {
  /** In the order in which they were written. */
  readonly found: readonly FoundNote[];
  /** Actions of notes that were refused for good. */
  readonly refused: ReadonlySet<string>;
};

const replySchema = z.object({ body: z.string() });

/** Keeps the notes as Intercom takes them, and what stands in those that it refuses, until it is disposed of. */
export function watchNotes(intercom: Pick<FakeIntercom, "onPart" | "onCall">): WatchedNotes & Disposable {
  const found: FoundNote[] = [];
  const refused = new Set<string>();
  const watching = new DisposableStack();
  watching.defer(
    intercom.onPart((part) => {
      if (part.kind === "note") found.push(foundNote(part));
    }),
  );
  watching.defer(
    intercom.onCall(({ operation, ending, body }) => {
      if (operation !== "reply" || ending !== 422) return;
      const reply = replySchema.parse(JSON.parse(body));
      for (const action of notedDescriptions(plainText(reply.body))) refused.add(action);
    }),
  );
  return { found, refused, [Symbol.dispose]: () => watching.dispose() };
}

function foundNote({ conversationId, text, createdAt }: FakePart): FoundNote {
  return { conversationId, actions: notedDescriptions(text), createdMs: createdAt };
}
