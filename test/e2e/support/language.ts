import type { Mind } from "../../../local/fake-model/mind.ts";
import type { System } from "./system.ts";
import type { Visitor } from "./visitor.ts";
import { untilNotes } from "./waiting.ts";

/** Generous: it is waited out by a test that fails, and a busy machine makes everything late. */
const DEADLINE_MS = 30_000;

/** Waits until a model has been asked so often, before now or later. @throws Error when it has not in time. */
export async function untilAsked(model: Mind, times: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = () => {
    if (model.questions().length >= times) resolve();
  };
  const stop = model.onQuestion(look);
  const timer = setTimeout(
    () => reject(new Error(`The model was asked ${model.questions().length} times, not ${times}`)),
    DEADLINE_MS,
  );
  look();
  return promise.finally(() => {
    stop();
    clearTimeout(timer);
  });
}

/** What stands in a note below its header. */
export const below = (note: string): string => note.slice(note.indexOf("\n\n") + 2);

/** The notes that an agent can read in a conversation: what was redacted is left out. */
export const readable = (visitor: Visitor, conversationId: string): readonly string[] =>
  visitor.notes(conversationId).filter((note) => note !== "");

/** A visitor with one action, who opened the chat, and whose first note stands. */
export async function inChat(
  system: System,
  visitor: Visitor,
  description = "Opened Reports",
): Promise<{ readonly visitor: Visitor; readonly conversation: string }> {
  await visitor.acts([description]);
  const conversation = await visitor.opensChat();
  await untilNotes(system, visitor, conversation, 1);
  return { visitor, conversation };
}

/** The notes that can be read in a conversation now, and after each call that has changed them since, in order. */
export function watchNotes(
  system: System,
  visitor: Visitor,
  conversationId: string,
): () => readonly (readonly string[])[] {
  const seen = [readable(visitor, conversationId)];
  system.product(visitor.productId).intercom.onCall(() => {
    const now = readable(visitor, conversationId);
    const before = seen.at(-1) ?? [];
    if (now.length !== before.length || now.some((note, at) => note !== before[at])) seen.push(now);
  });
  return () => seen;
}

/** What the functions have written to the user in a conversation, in true order. */
export function answersIn(system: System, { productId }: Visitor, conversationId: string) {
  return system
    .product(productId)
    .intercom.parts(conversationId)
    .filter(({ kind, author }) => kind === "comment" && author.type === "admin" && author.id === "9001");
}
