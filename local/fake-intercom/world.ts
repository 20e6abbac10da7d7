import { markupIn, plainText, rewriteHtml } from "./html.ts";
import type { Settings } from "./options.ts";
import { type Random, seededRandom } from "./random.ts";

export type FakeContact = {
  readonly id: string;
  readonly type: "user" | "lead";
  readonly externalId: string | undefined;
  readonly email: string | undefined;
  readonly name: string;
  readonly visibleAt: number;
};

export type PartKind = "note" | "comment" | "quick_reply";

/** A chip that an admin offers. */
export type FakeOption = { readonly text: string; readonly uuid: string };

/** Who wrote. Ids are unique within a type. */
export type FakeAuthor = { readonly type: "admin" | "user" | "lead"; readonly id: string };

export type FakePart = {
  readonly id: string;
  readonly conversationId: string;
  readonly kind: PartKind;
  readonly author: FakeAuthor;
  /** As a reader sees it. */
  readonly text: string;
  /** As the API returns it. */
  readonly html: string;
  /** Markup that arrived unescaped; line breaks do not count, nor does bold in what is said to a user. */
  readonly markup: readonly string[];
  /** True time, ms. */
  readonly createdAt: number;
  readonly visibleAt: number;
  readonly redacted: boolean;
  /** The chips below it; none for most. */
  readonly options: readonly FakeOption[];
  /** The chip that was tapped to write it. */
  readonly optionUuid: string | undefined;
};

export type FakeConversation = {
  readonly id: string;
  /** Who wrote the first message. */
  readonly opener: FakeAuthor;
  readonly contact: FakeContact;
  readonly html: string;
  readonly createdAt: number;
  /** In true order. */
  readonly parts: FakePart[];
};

/** A conversation that is no more, as it was at its end. */
export type Deletion = { readonly conversation: FakeConversation; readonly retainMetrics: boolean };

/** What workspaces are reported to differ in. */
export type Rules = {
  /** Whether a quick reply may have a body beside its options. */
  readonly bodyWithOptions: "taken" | "refused";
};

export type World = {
  readonly settings: Settings;
  readonly random: Random;
  readonly contacts: Map<string, FakeContact>;
  readonly conversations: Map<string, FakeConversation>;
  readonly partListeners: Set<(part: FakePart) => void>;
  readonly deletions: Deletion[];
  rules: Rules;
  nextId: number;
};

export function createWorld(settings: Settings): World {
  return {
    settings,
    random: seededRandom(settings.seed),
    contacts: new Map(),
    conversations: new Map(),
    partListeners: new Set(),
    deletions: [],
    rules: { bodyWithOptions: "taken" },
    nextId: 45_762_812_000 + settings.seed * 1_000_000,
  };
}

export type NewContact = {
  readonly id?: string | undefined;
  readonly type?: "user" | "lead" | undefined;
  readonly externalId?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
};

export function addContact(world: World, contact: NewContact): FakeContact {
  const added = {
    id: contact.id ?? `667d60f1${newId(world).padStart(16, "0")}`,
    type: contact.type ?? "user",
    externalId: contact.externalId,
    email: contact.email,
    name: contact.name ?? "Jane Roe",
    visibleAt: world.settings.now() + lag(world),
  };
  world.contacts.set(added.id, added);
  return added;
}

export type NewConversation = {
  readonly id?: string | undefined;
  readonly contact: FakeContact;
  readonly html: string;
  /** Default: the contact. */
  readonly opener?: FakeAuthor;
};

export function addConversation(
  world: World,
  { id, contact, html, opener = { type: contact.type, id: contact.id } }: NewConversation,
): FakeConversation {
  const conversation = {
    id: id ?? newId(world),
    opener,
    contact,
    html: rewriteHtml(html),
    createdAt: world.settings.now(),
    parts: [],
  };
  world.conversations.set(conversation.id, conversation);
  return conversation;
}

export type NewPart = Pick<FakePart, "kind" | "author"> &
  Partial<Pick<FakePart, "createdAt" | "options" | "optionUuid">> & { readonly html: string };

const bold: ReadonlySet<string> = new Set(["<b>", "</b>"]);

export function addPart(world: World, conversation: FakeConversation, part: NewPart): FakePart {
  const createdAt = part.createdAt ?? world.settings.now();
  const added: FakePart = {
    id: newId(world),
    conversationId: conversation.id,
    kind: part.kind,
    author: part.author,
    text: plainText(part.html),
    html: rewriteHtml(part.html),
    markup: markupIn(part.html).filter((tag) => part.kind !== "comment" || !bold.has(tag)),
    createdAt,
    visibleAt: createdAt + lag(world),
    redacted: false,
    options: part.options ?? [],
    optionUuid: part.optionUuid,
  };
  conversation.parts.push(added);
  for (const listener of world.partListeners) listener(added);
  return added;
}

/** Ids grow, with gaps. */
export function newId(world: World): string {
  world.nextId += 1 + Math.floor(world.random() * 9);
  return String(world.nextId);
}

function lag({ random, settings: { lagMs } }: World): number {
  return lagMs.min + random() * (lagMs.max - lagMs.min);
}
