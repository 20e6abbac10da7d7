import type { LanguageModel } from "../../lambdas/app/language-ports.ts";
import { loadSession } from "../../lambdas/app/load-session.ts";
import { type ActorStore, type ChatPlatform, RetryableError, TerminalError } from "../../lambdas/app/ports.ts";
import { mergeActionsPayloads } from "../../lambdas/domain/activity/actions-payload.ts";
import { actionsPayloadText } from "../../lambdas/domain/activity/activity-text.ts";
import type { SessionActor } from "../../lambdas/domain/actor/actor.ts";
import type { NoteAttempt } from "../../lambdas/domain/session/state.ts";
import type { Input } from "./adapter.ts";
import type { Timeline } from "./timeline.ts";

/** A line of what was called, as the vectors write it. */
export type CallEvent = { readonly type: string; readonly atMs: number; readonly [field: string]: unknown };

/** A chat platform and a language model that do as the scripts of a case say, and keep what they were asked. */
export function scriptedCalls(
  { llmScript = [], writeScript = [], overwriteScript = [] }: Input,
  timeline: Timeline,
  sessions: { readonly store: ActorStore; readonly actorOf: (conversationId: string) => SessionActor | undefined },
) {
  const events: CallEvent[] = [];
  const writing = new Map<string, number>();
  const begun = new Map<string, number>();

  /** One call: its event, the time that the script lets it take, and its end. */
  const call = async (type: string, fields: object, script: Input, failure: Error): Promise<number> => {
    const count = begun.get(type) ?? 0;
    begun.set(type, count + 1);
    const { latencyS, throws } = script[count] ?? {};
    const record = (name: string, more: object = {}) => events.push({ type: name, atMs: timeline.passedMs(), ...more });
    record(type, fields);
    if (latencyS) await timeline.elapse(latencyS * 1_000);
    if (throws) {
      record(`${type}Failed`);
      throw failure;
    }
    if (latencyS) record(`${type}Done`);
    return count;
  };

  const write = async (sessionId: string, text: string): Promise<void> => {
    writing.set(sessionId, (writing.get(sessionId) ?? 0) + 1);
    try {
      await call("write", { sessionId, text }, writeScript, refused);
    } finally {
      writing.set(sessionId, (writing.get(sessionId) ?? 0) - 1);
    }
  };

  const postNote: ChatPlatform["postNote"] = async (_product, { conversationId, text }) => {
    const actor = sessions.actorOf(conversationId);
    if (!actor) throw new Error("a note of no session");
    const { state } = await loadSession({ store: sessions.store, clock: timeline.clock }, actor);
    const { sessionId } = actor;
    if (state.note?.step === "posting") {
      await write(sessionId, await payloadText(sessions.store, actor, state.note.attempt));
    } else {
      await call("overwrite", { sessionId, summary: afterHeader(text) }, overwriteScript, refused);
    }
    return { partId: `part-${events.length}` };
  };

  const model: LanguageModel = {
    complete: async (_product, { prompt }) => {
      const count = await call("llm", { prompt }, llmScript, new TerminalError("rejected", "the script says so"));
      return { text: llmScript[count]?.summary ?? `summary ${count + 1}`, tokensIn: 0, tokensOut: 0 };
    },
  };

  return { events, postNote, model, isWriting: (sessionId: string) => (writing.get(sessionId) ?? 0) > 0 };
}

const refused = new RetryableError("failed", "the script says so");

const afterHeader = (note: string): string => note.slice(note.indexOf("\n\n") + 2);

/** The rows of a note, as the reference writes them: batches that wait for one note are merged, and numbered anew. */
async function payloadText(store: ActorStore, actor: SessionActor, { from, through }: NoteAttempt): Promise<string> {
  const { productId: product_id, sessionId: session_id } = actor;
  const nobody = { user_id: null, email: null, conversation_id: null };
  const payloads = [];
  for await (const { actions } of store.activity(actor, { after: from - 1, through, newestFirst: false })) {
    payloads.push({ product_id, session_id, ...nobody, actions, count: actions.length, forwarded_at: 0 });
  }
  return actionsPayloadText(mergeActionsPayloads(payloads));
}
