import { loadSession } from "../../../lambdas/app/load-session.ts";
import { readSessionActivity } from "../../../lambdas/app/read-activity.ts";
import { toActionsEnvelopes } from "../../../lambdas/domain/activity/action-batch.ts";
import { type ActionsPayload, parseActionsPayload } from "../../../lambdas/domain/activity/actions-payload.ts";
import type { ActivityRow } from "../../../lambdas/domain/activity/activity-row.ts";
import type { SessionActor } from "../../../lambdas/domain/actor/actor.ts";
import { activityContext, enrichQuery, numberedActions } from "../../../lambdas/domain/language/activity-context.ts";
import { activityWindow, recentRows } from "../../../lambdas/domain/language/recent-activity.ts";
import { createMemoryActorStore } from "../../support/memory/actor-store.ts";
import { productWith } from "../../support/product.ts";
import type { Adapters, Input } from "../adapter.ts";
import { scriptedCalls } from "../scripted-calls.ts";
import { createSessionDriver } from "../session-driver.ts";
import { createTimeline } from "../timeline.ts";
import { withoutCoveredActions } from "./activity-context.ts";

/** The reference asks for a summary at once, never waits longest, and takes a time that is no setting of ours. */
function productFrom({ threshold, prompt = "SUM {actions}", debounceMs = 0 }: Input) {
  const product = productWith({ summary_threshold: threshold, summary_prompt: prompt });
  return { ...product, configuration: { ...product.configuration, debounceMs } };
}

/** A batch without a session is refused at the edge; the reference keeps all of them as one session. */
function payloadFrom(payload: Input): ActionsPayload & { readonly session_id: string } {
  const parsed = parseActionsPayload(payload);
  return { ...parsed, session_id: parsed.session_id || "unknown" };
}

/** Runs the shipped turns and jobs of linked sessions; each op of the reference is what our actors are sent for it. */
function createSequence(input: Input) {
  const timeline = createTimeline(input.now);
  const { clock } = timeline;
  const product = productFrom(input);
  const store = createMemoryActorStore();
  const actors = new Map<string, SessionActor>();
  const calls = scriptedCalls(input, timeline, { store, actorOf: (conversationId) => actors.get(conversationId) });
  const driver = createSessionDriver(timeline, { ...calls, product, store });
  let sent = 0;
  const stamp = () => {
    sent += 1;
    return { id: `op-${sent}`, acceptedAt: clock.now() };
  };
  /** A session is linked from the first on: its conversation bears its name. */
  const actorOf = (sessionId: string): SessionActor => {
    const known = actors.get(sessionId);
    if (known) return known;
    const actor: SessionActor = { kind: "session", productId: product.productId, sessionId };
    actors.set(sessionId, actor);
    driver.deliver(actor, { ...stamp(), type: "link", conversationId: sessionId });
    return actor;
  };
  const read = async (sessionId: string) => {
    const actor = actorOf(sessionId);
    const { state } = await loadSession({ store, clock }, actor);
    const range = { after: state.forgottenThrough, through: state.appended };
    const rows: ActivityRow[] = [];
    for await (const row of store.activity(actor, { ...range, newestFirst: false })) rows.push(row);
    return { ...(await readSessionActivity(store, actor, range)), rows };
  };
  const pending = async (sessionId: string): Promise<string> => numberedActions((await read(sessionId)).actions);
  return {
    events: calls.events,
    clock,
    driver,
    add: async ({ payload, background, noSettle }: Input): Promise<void> => {
      const { session_id, ...batch } = payloadFrom(payload);
      const actor = actorOf(session_id);
      const { id, acceptedAt } = stamp();
      const acceptance = { productId: product.productId, rawBody: Buffer.from(id), acceptedAt };
      for (const { message } of toActionsEnvelopes([{ session_id, ...batch }], acceptance)) {
        driver.deliver(actor, message);
      }
      if (noSettle) return;
      await driver.settle();
      // The reference's caller waits for the note, and for nothing that comes after it.
      if (!background) await driver.until(() => !calls.isWriting(session_id));
    },
    reset: async ({ sessionId, noSettle }: Input): Promise<void> => {
      driver.deliver(actorOf(sessionId), { ...stamp(), type: "reset" });
      if (!noSettle) await driver.settle();
    },
    pending,
    activeSessions: async (): Promise<readonly string[]> => {
      const sessions = [...actors.keys()];
      const contexts = await Promise.all(sessions.map(pending));
      return sessions.filter((_, at) => contexts[at] !== "").sort();
    },
    /** What a chatbot is told: of what came after the summary, as much as its window shows. */
    context: async (sessionId: string): Promise<string> => {
      const { summary, actions, rows } = await read(sessionId);
      const shown = recentRows(rows, clock.now(), windowFrom(input)).reduce((sum, row) => sum + row.actions.length, 0);
      return activityContext({ summary, actions: actions.slice(Math.max(0, actions.length - shown)) });
    },
  };
}

function windowFrom({ lookbackSeconds, maxActions }: Input) {
  return {
    lookbackMs: lookbackSeconds === undefined ? activityWindow.lookbackMs : lookbackSeconds * 1_000,
    mostActions: maxActions ?? activityWindow.mostActions,
  };
}

async function sequence(input: Input) {
  const { driver, clock, ...session } = createSequence(input);
  const run = async (op: Input): Promise<unknown> => {
    switch (op.op) {
      case "add":
      case "onActions":
        return session.add(op);
      case "advance":
        return driver.advance(op.s * 1_000);
      case "reset":
        return session.reset(op);
      case "flush": {
        const byMs = op.timeoutS === undefined ? undefined : clock.now() + op.timeoutS * 1_000;
        return (await driver.until(() => !driver.isBusy(), byMs)) ? "flushed" : "timeout";
      }
      case "getContext":
        return session.pending(op.sessionId);
      case "activeSessions":
        return session.activeSessions();
      case "get":
        return session.context(op.sessionId);
      case "enrich":
        return enrichQuery(await session.context(op.sessionId), op.query);
      default:
        throw new Error(`no adapter knows the operation ${op.op}`);
    }
  };
  const steps: unknown[] = [];
  for (const op of input.ops) {
    const result = (await run(op)) ?? null;
    const atMs = clock.now() - input.now * 1_000;
    steps.push(op.background ? { background: true, atMs } : { result, atMs });
  }
  return { events: session.events.filter((event) => isHeard(event, input)), steps };
}

/** Whether anybody hears of a call: what nobody is called for is made here all the same. */
const isHeard = (
  { type }: { readonly type: string },
  { withWriteActions = true, withOverwrite = true }: Input,
): boolean => (withWriteActions || !type.startsWith("write")) && (withOverwrite || !type.startsWith("overwrite"));

/** A batch without actions is written with its headline alone; what the reference's writer makes of that is no note. */
const isHeadline = ({ type, text }: Input): boolean => type === "write" && text.endsWith("— 0 actions");

/** Batches that wait for one note are numbered anew there; here the log keeps each as it came (docs/architecture.md). */
const withoutIndices = (text: string): string => text.replace(/^((?:SUM )?\d+\. )\[\d+\] /gmu, "$1");

const sequenceContract = ({ events, steps }: Input, { debounceMs }: Input) => {
  const numbered = debounceMs ? withoutIndices : (text: string) => text;
  return {
    events: events
      .filter((event: Input) => !isHeadline(event))
      .map((event: Input) => (event.type === "llm" ? { ...event, prompt: numbered(event.prompt) } : event)),
    steps: steps.map((step: Input) =>
      typeof step.result === "string" ? { ...step, result: withoutCoveredActions(numbered(step.result)) } : step,
    ),
  };
};

export const summarySequenceAdapters: Adapters = {
  agentContextSequence: {
    run: sequence,
    withoutCounterpart: ({ maxQueueSize }) => (maxQueueSize === undefined ? undefined : "queues have no bound"),
    contract: sequenceContract,
  },
  chatPipelineSequence: { run: sequence, contract: sequenceContract },
};
