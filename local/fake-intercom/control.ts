import type { Api } from "./api.ts";
import type { Fault } from "./faults.ts";
import type { Call, Count, Journal } from "./journal.ts";
import {
  addContact,
  addConversation,
  addPart,
  type FakeContact,
  type FakeConversation,
  type FakePart,
  type NewContact,
  type PartKind,
  type World,
} from "./world.ts";

/** What tests and the demo do to Intercom that no API client can: people who write, faults, and the truth. */
export type Control = {
  addContact(contact: NewContact): FakeContact;
  /** A contact writes for the first time. Text is plain. */
  openConversation(opened: {
    readonly contactId: string;
    readonly text: string;
    readonly id?: string;
  }): FakeConversation;
  /** The conversation's contact writes again. Text is plain. */
  userReplies(conversationId: string, text: string): FakePart;
  /** An admin writes; `createdAt` (ms, true time) may lie in the past. Text is plain. */
  adminWrites(
    conversationId: string,
    part: { readonly adminId: string; readonly kind: PartKind; readonly text: string; readonly createdAt?: number },
  ): FakePart;
  /** In true order, whatever is visible. Empty for an unknown conversation. */
  parts(conversationId: string): readonly FakePart[];
  /** Calls back for each part as it is written, by whomever. @returns how to stop. */
  onPart(listener: (part: FakePart) => void): () => void;
  /** Answered and unanswered requests since the start. */
  counts(): readonly Count[];
  /** Calls back for each request as its end is decided. @returns how to stop. */
  onCall(listener: (call: Call) => void): () => void;
  /** Parts that arrived with markup in them that was not escaped. */
  partsWithMarkup(): readonly FakePart[];
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Replaces the valid access tokens. */
  setTokens(tokens: readonly string[]): void;
};

export function createControl(api: Api, journal: Journal): Control {
  const { world } = api;
  return {
    addContact: (contact) => addContact(world, contact),
    openConversation({ contactId, text, id }) {
      const contact = world.contacts.get(contactId);
      if (contact === undefined) throw new Error(`The fake Intercom has no contact ${contactId}`);
      return addConversation(world, { id, contact, html: typed(text) });
    },
    userReplies(conversationId, text) {
      const conversation = existing(world, conversationId);
      const { type, id } = conversation.contact;
      return addPart(world, conversation, { kind: "comment", author: { type, id }, html: typed(text) });
    },
    adminWrites(conversationId, { adminId, kind, text, ...when }) {
      const author = { type: "admin" as const, id: adminId };
      return addPart(world, existing(world, conversationId), { kind, author, html: typed(text), ...when });
    },
    parts: (conversationId) => world.conversations.get(conversationId)?.parts ?? [],
    onPart(listener) {
      world.partListeners.add(listener);
      return () => world.partListeners.delete(listener);
    },
    counts: journal.counts,
    onCall: journal.onCall,
    partsWithMarkup: () =>
      [...world.conversations.values()].flatMap(({ parts }) => parts.filter((part) => part.markup.length > 0)),
    fault: (fault) => api.faults.add(fault, world.settings.now()),
    clearFaults: api.faults.clear,
    setTokens(tokens) {
      api.tokens.clear();
      for (const token of tokens) api.tokens.add(token);
    },
  };
}

function existing(world: World, conversationId: string): FakeConversation {
  const conversation = world.conversations.get(conversationId);
  if (conversation === undefined) throw new Error(`The fake Intercom has no conversation ${conversationId}`);
  return conversation;
}

/** What an editor makes of what a person types. */
function typed(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "<br>");
}
