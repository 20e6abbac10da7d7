import type { ChatPlatform, Product } from "../../../lambdas/app/ports.ts";
import { RetryableError } from "../../../lambdas/app/ports.ts";
import { toActionsEnvelopes } from "../../../lambdas/domain/activity/action-batch.ts";
import { parseSlimAction } from "../../../lambdas/domain/activity/parse-action.ts";
import type { SessionActor } from "../../../lambdas/domain/actor/actor.ts";
import type { SessionMessage } from "../../../lambdas/domain/actor/message.ts";
import type { ManualClock } from "../../support/memory/manual-clock.ts";
import { scriptedModel } from "../../support/memory/scripted-model.ts";
import { productWith } from "../../support/product.ts";
import type { Adapters, Input } from "../adapter.ts";
import { createSessionDriver } from "../session-driver.ts";
import { createTimeline, type Timeline } from "../timeline.ts";

type Post = { atMs: number; conversationId: string; body: string; outcome: string; endMs?: number };

/** A platform that does as the script says, and keeps what it was asked to post. */
function scriptedPosts(timeline: Timeline, postScript: Input) {
  const posts: Post[] = [];
  const postNote: ChatPlatform["postNote"] = async (_product, { conversationId, text }) => {
    const script = postScript[posts.length] ?? { id: `auto-${posts.length + 1}` };
    const post: Post = { atMs: timeline.passedMs(), conversationId, body: text, outcome: "inFlight" };
    posts.push(post);
    if (script.latencyS) await timeline.elapse(script.latencyS * 1_000);
    post.endMs = timeline.passedMs();
    post.outcome = script.throws ? "threw" : script.id ? "delivered" : "rejected";
    if (!script.id) throw new RetryableError("failed", "the script says so");
    return { partId: script.id };
  };
  return { posts, postNote };
}

/** The reference follows the latest link, asks an admin for nothing, and never waits longest. */
function productFrom(options: Input): Product {
  const product = productWith({ link: { policy: "latest" }, bin_seconds: options.binSeconds ?? 3 });
  const ms = (seconds: number | undefined, fallback: number) => (seconds ?? fallback) * 1_000;
  return {
    ...product,
    configuration: {
      ...product.configuration,
      preLinkWindowMs: ms(options.preLinkWindowS, 120),
      debounceMs: ms(options.postLinkDebounceS, 0.15),
      maxWaitMs: 5_000,
    },
  };
}

async function writerPolicySequence({ now, options, postScript = [], ops }: Input) {
  const timeline = createTimeline(now);
  const { posts, postNote } = scriptedPosts(timeline, postScript);
  const driver = createSessionDriver(timeline, { product: productFrom(options), postNote, model: scriptedModel() });
  const steps: unknown[] = [];
  for (const [index, op] of ops.entries()) {
    if (isRefusedAtTheEdge(op)) {
      steps.push({ error: "refused" });
      continue;
    }
    if (op.op === "advance") await driver.advance(op.s * 1_000);
    else {
      const sessionId = op.sessionId ?? "";
      const actor: SessionActor = { kind: "session", productId: "acme", sessionId };
      for (const message of messagesOf(op, sessionId, index, timeline.clock)) driver.deliver(actor, message);
      await driver.settle();
      // An op that is awaited moves the clock while it has to wait.
      if (!op.background) await driver.until(() => !driver.isBusy(sessionId));
    }
    steps.push({ result: null });
  }
  return { posts, steps, background: [] };
}

/** A batch in which a time is no number never gets past the receiver (400). */
function isRefusedAtTheEdge(op: Input): boolean {
  return op.op === "writeActions" && op.actions.some((action: Input) => typeof action.timestamp_start === "string");
}

function messagesOf(op: Input, sessionId: string, index: number, clock: ManualClock): readonly SessionMessage[] {
  const stamp = { id: `op-${index}`, acceptedAt: clock.now() };
  if (op.op === "sessionLinked") return [{ ...stamp, type: "link", conversationId: op.conversationId }];
  const payload = {
    product_id: "acme",
    session_id: sessionId,
    user_id: null,
    email: null,
    conversation_id: null,
    actions: op.actions.map(parseSlimAction),
    count: op.actions.length,
    forwarded_at: 0,
  };
  const rawBody = Buffer.from(`${index}`);
  return toActionsEnvelopes([payload], { productId: "acme", rawBody, acceptedAt: clock.now() }).map(
    ({ message }) => message,
  );
}

export const writerPolicyAdapters: Adapters = {
  writerPolicySequence: {
    run: writerPolicySequence,
    // Buffers, timers and part ids are how the reference does it; what is posted when, and what fails, is the contract.
    contract: ({ posts, steps }) => ({ posts, errors: steps.map(({ error }: Input) => error ?? null) }),
  },
};
