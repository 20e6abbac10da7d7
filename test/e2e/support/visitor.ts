import { randomUUID } from "node:crypto";
import type { FakePart } from "../../../local/fake-intercom/world.ts";
import { type Signed, signBatch, signWebhook } from "../../../local/sign.ts";
import { type Answer, post } from "./deliver.ts";
import { conversationCreated } from "./notification.ts";
import type { System } from "./system.ts";

/** Notes group actions by bins of so many seconds; a visitor's actions all fall into one. */
const BIN_S = 3;

export type BatchFields = Readonly<Record<string, unknown>>;

/** A user whom nobody has seen before, in a session of their own, with a contact in Intercom and nothing written yet. */
export type Visitor = {
  readonly productId: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly contactId: string;
  /** When all of the visitor's actions happened, to the second. */
  readonly startS: number;
  /** A batch as the connector would push it. `fields` are laid over it. */
  batch(descriptions: readonly string[], fields?: BatchFields): BatchFields;
  /** Pushes a payload, signed. */
  push(payload: unknown): Promise<Answer>;
  /** Pushes a batch. @throws Error when it is not accepted. */
  acts(descriptions: readonly string[], fields?: BatchFields): Promise<void>;
  /** Opens a conversation in the Messenger, of which Intercom tells nobody. @returns its id */
  opensChatUnheard(): string;
  /** The notification of a conversation. */
  notification(conversationId: string): Signed;
  /** Intercom tells of a conversation. @throws Error when the webhook is not taken. */
  announce(conversationId: string): Promise<void>;
  /** Opens a conversation in the Messenger, which Intercom announces. @returns its id */
  opensChat(): Promise<string>;
  /** Sends what Intercom would send. */
  notify(notification: Signed): Promise<Answer>;
  /** The notes in a conversation, as an agent reads them, in true order. */
  notes(conversationId: string): readonly string[];
  /** The descriptions in a conversation's notes, in the order in which they stand there. */
  lines(conversationId: string): readonly string[];
  /** The text of a note with these lines, which are numbered from 1. */
  note(...descriptions: readonly string[]): string;
};

let visitors = 0;

export function newVisitor(system: System, productId = "acme", given: { readonly sessionId?: string } = {}): Visitor {
  visitors += 1;
  const { intercom, ingestSecret, clientSecret } = system.product(productId);
  const userId = `user-${visitors}-${randomUUID()}`;
  const sessionId = given.sessionId ?? `session-${visitors}-${randomUUID()}`;
  const email = `${userId}@example.com`;
  const contactId = intercom.addContact({ externalId: userId, email }).id;
  const startS = Math.floor(Date.now() / 1_000 / BIN_S) * BIN_S;
  const url = (path: string) => `${system.cloud.url}/${path}/${productId}`;
  let acted = 0;

  function action(description: string): BatchFields {
    // A millisecond apart: the order of notes is the order of times.
    const at = startS + acted++ / 1_000;
    return {
      index: acted,
      type: "click",
      title: description,
      description,
      timestamp_start: at,
      timestamp_end: at,
      raw_url: "https://app.example.com/reports/7",
      canonical_url: "https://app.example.com/reports/:id",
    };
  }

  const visitor: Visitor = {
    productId,
    sessionId,
    userId,
    contactId,
    startS,
    batch(descriptions, fields = {}) {
      const actions = descriptions.map(action);
      return {
        type: "actions",
        product_id: productId,
        session_id: sessionId,
        user_id: userId,
        actions,
        count: actions.length,
        forwarded_at: startS + 1,
        ...fields,
      };
    },
    push: (payload) => post(url("actions"), signBatch(payload, ingestSecret)),
    async acts(descriptions, fields) {
      const { status } = await visitor.push(visitor.batch(descriptions, fields));
      if (status !== 202) throw new Error(`A batch was answered with ${status}`);
    },
    opensChatUnheard: () => intercom.openConversation({ contactId, text: "Where do I export a report?" }).id,
    notification: (conversationId) =>
      signWebhook(
        conversationCreated({
          conversationId,
          contactId,
          externalId: userId,
          email,
          atS: Math.floor(Date.now() / 1_000),
          text: "Where do I export a report?",
        }),
        clientSecret,
      ),
    async announce(conversationId) {
      const { status } = await visitor.notify(visitor.notification(conversationId));
      if (status !== 200) throw new Error(`A webhook was answered with ${status}`);
    },
    async opensChat() {
      const conversationId = visitor.opensChatUnheard();
      await visitor.announce(conversationId);
      return conversationId;
    },
    notify: (notification) => post(url("chatbot-webhook"), notification),
    notes: (conversationId) =>
      intercom
        .parts(conversationId)
        .filter(isNote)
        .map(({ text }) => text),
    lines: (conversationId) =>
      visitor
        .notes(conversationId)
        .flatMap((note) => [...note.matchAll(/^\[\d+\] (.*)$/gm)].map(([, line = ""]) => line)),
    note: (...descriptions) => {
      const time = new Date(startS * 1_000).toISOString().slice(0, 19).replace("T", " ");
      const lines = descriptions.map((description, at) => `[${at + 1}] ${description}`);
      return [`session_id: ${sessionId}`, `timestamp: ${time} UTC`, "", ...lines].join("\n");
    },
  };
  return visitor;
}

function isNote({ kind }: FakePart): boolean {
  return kind === "note";
}
