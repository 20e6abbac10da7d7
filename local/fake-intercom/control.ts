import type { Api } from "./api.ts";
import type { Fault } from "./faults.ts";
import type { Call, Count, Journal } from "./journal.ts";
import type { FakeAdmin } from "./options.ts";
import type { Subscription, Webhooks } from "./webhooks.ts";
import {
  addContact,
  addConversation,
  addPart,
  type Deletion,
  type FakeContact,
  type FakeConversation,
  type FakePart,
  type NewContact,
  type PartKind,
  type Rules,
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
  /** An admin writes to a contact who has written nothing. Text is plain. */
  adminOpens(opened: {
    readonly adminId: string;
    readonly contactId: string;
    readonly text: string;
    readonly id?: string;
  }): FakeConversation;
  /** The conversation's contact writes again. Text is plain. */
  userReplies(conversationId: string, text: string): FakePart;
  /** The workspace's second admin, who is a person, writes to the contact. Text is plain. */
  teammateReplies(conversationId: string, text: string): FakePart;
  /** The contact taps a chip, named by its uuid or its label: of several, the one that was offered last. */
  tapOption(conversationId: string, option: string): FakePart;
  /** An admin writes; `createdAt` (ms, true time) may lie in the past. Text is plain. */
  adminWrites(
    conversationId: string,
    part: { readonly adminId: string; readonly kind: PartKind; readonly text: string; readonly createdAt?: number },
  ): FakePart;
  /** A contact's conversations, the oldest first, without those that were deleted. */
  conversationsOf(contactId: string): readonly FakeConversation[];
  /** In true order, whatever is visible. Empty for an unknown conversation. */
  parts(conversationId: string): readonly FakePart[];
  /** Conversations that were deleted, in order, each as it was at its end. */
  deletions(): readonly Deletion[];
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
  setRules(rules: Rules): void;
  /** From now on, what contacts write is told there by webhook; undefined ends it. */
  subscribe(subscription: Subscription | undefined): void;
  /** Resolves when every webhook so far is answered, or could not be delivered. */
  webhooksTold(): Promise<void>;
};

export function createControl(api: Api, journal: Journal, webhooks: Webhooks): Control {
  const { world } = api;
  const reply = (conversation: FakeConversation, text: string, optionUuid?: string): FakePart => {
    const { type, id } = conversation.contact;
    const part = { kind: "comment" as const, author: { type, id }, html: typed(text) };
    const added = addPart(world, conversation, optionUuid === undefined ? part : { ...part, optionUuid });
    webhooks.replied(conversation, added);
    return added;
  };
  return {
    addContact: (contact) => addContact(world, contact),
    openConversation({ contactId, text, id }) {
      const conversation = addConversation(world, { id, contact: known(world, contactId), html: typed(text) });
      webhooks.opened(conversation);
      return conversation;
    },
    adminOpens({ adminId, contactId, text, id }) {
      const opener = { type: "admin" as const, id: adminId };
      return addConversation(world, { id, contact: known(world, contactId), html: typed(text), opener });
    },
    userReplies: (conversationId, text) => reply(existing(world, conversationId), text),
    tapOption(conversationId, option) {
      const conversation = existing(world, conversationId);
      const chip = conversation.parts
        .toReversed()
        .flatMap(({ options }) => options)
        .find(({ text, uuid }) => uuid === option || text === option);
      if (chip === undefined) throw new Error(`The fake Intercom shows no chip ${option} in ${conversationId}`);
      return reply(conversation, chip.text, chip.uuid);
    },
    teammateReplies(conversationId, text) {
      const author = { type: "admin" as const, id: teammateOf(world).id };
      return addPart(world, existing(world, conversationId), { kind: "comment", author, html: typed(text) });
    },
    adminWrites(conversationId, { adminId, kind, text, ...when }) {
      const author = { type: "admin" as const, id: adminId };
      return addPart(world, existing(world, conversationId), { kind, author, html: typed(text), ...when });
    },
    conversationsOf: (contactId) => [...world.conversations.values()].filter(({ contact }) => contact.id === contactId),
    parts: (conversationId) => world.conversations.get(conversationId)?.parts ?? [],
    deletions: () => world.deletions,
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
    setRules(rules) {
      world.rules = rules;
    },
    subscribe: webhooks.subscribe,
    webhooksTold: webhooks.told,
  };
}

function teammateOf({ settings }: World): FakeAdmin {
  const [, teammate] = settings.admins;
  if (teammate === undefined) throw new Error("The fake Intercom has no second admin");
  return teammate;
}

function known(world: World, contactId: string): FakeContact {
  const contact = world.contacts.get(contactId);
  if (contact === undefined) throw new Error(`The fake Intercom has no contact ${contactId}`);
  return contact;
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
