import { randomUUID } from "node:crypto";
import type { Control } from "../fake-intercom/control.ts";
import { plainText } from "../fake-intercom/html.ts";
import type { FakeConversation, FakePart } from "../fake-intercom/world.ts";
import { playground } from "./product.ts";

const name = "Robin Vale";

/** What stands in a visitor's conversation, as an agent sees it. A part that was taken away has no text any more. */
export type View = {
  readonly name: string;
  readonly parts: readonly (Pick<FakePart, "id" | "kind" | "text" | "redacted" | "options" | "createdAt"> & {
    readonly from: "user" | "throughline" | "teammate";
  })[];
};

export type Visitors = {
  /** @param id of a visit that goes on; undefined, or unknown, for a new one. @returns the user's id in the product */
  join(id: string | undefined): string;
  /** The visitor writes in the Messenger. @throws Error for an unknown visitor */
  write(id: string, text: string): void;
  /** The visitor taps a chip. @throws Error for an unknown visitor or chip */
  tap(id: string, option: string): void;
  /** Tells what stands in the visitor's conversation, now and whenever it changes. @returns how to stop */
  watch(id: string, listener: (view: View) => void): () => void;
};

/**
 * Those who have the page open: each a user of their own, with a contact in the playground's Intercom workspace.
 *
 * @param apiUrl the local cloud's
 */
export function createVisitors(intercom: Control, apiUrl: string): Visitors {
  const contacts = new Map<string, string>();
  /** A conversation that is begun has no part yet: nothing else tells of it. */
  const looks = new Set<() => void>();
  intercom.subscribe({
    url: `${apiUrl}/chatbot-webhook/${playground.productId}`,
    clientSecret: playground.clientSecret,
  });

  function contactOf(id: string): string {
    const contactId = contacts.get(id);
    if (contactId === undefined) throw new Error(`There is no visitor ${id}`);
    return contactId;
  }

  const conversationOf = (id: string) => intercom.conversationsOf(contactOf(id)).at(-1);

  return {
    join(id) {
      if (id !== undefined && contacts.has(id)) return id;
      const externalId = `visitor-${randomUUID()}`;
      const contact = intercom.addContact({ externalId, name });
      contacts.set(externalId, contact.id);
      return externalId;
    },
    write(id, text) {
      const conversation = conversationOf(id);
      if (conversation) intercom.userReplies(conversation.id, text);
      else intercom.openConversation({ contactId: contactOf(id), text });
      for (const look of looks) look();
    },
    tap(id, option) {
      intercom.tapOption(conversationOf(id)?.id ?? "", option);
    },
    watch(id, listener) {
      let last = "";
      const look = () => {
        const view = viewOf(conversationOf(id));
        const now = JSON.stringify(view);
        if (now !== last) listener(view);
        last = now;
      };
      const stops = [intercom.onPart(look), intercom.onCall(look)];
      looks.add(look);
      look();
      return () => {
        looks.delete(look);
        for (const stop of stops) stop();
      };
    },
  };
}

function viewOf(conversation: FakeConversation | undefined): View {
  if (!conversation) return { name, parts: [] };
  const { id, html, createdAt, opener, parts } = conversation;
  const opening = { id, kind: "comment" as const, text: plainText(html), redacted: false, options: [], createdAt };
  return {
    name,
    parts: [
      { ...opening, from: whoIs(opener) },
      ...parts.map((part) => ({
        id: part.id,
        kind: part.kind,
        text: part.text,
        redacted: part.redacted,
        options: part.options,
        createdAt: part.createdAt,
        from: whoIs(part.author),
      })),
    ],
  };
}

function whoIs({ type, id }: FakePart["author"]): View["parts"][number]["from"] {
  if (type !== "admin") return "user";
  return id === playground.adminId ? "throughline" : "teammate";
}
