import type { SessionMessage } from "../../lambdas/domain/actor/message.ts";
import { remember } from "../../lambdas/domain/actor/recent-ids.ts";
import { decideSession } from "../../lambdas/domain/session/decide.ts";
import { dueAt } from "../../lambdas/domain/session/due-at.ts";
import { freshSession, type SessionState } from "../../lambdas/domain/session/state.ts";
import { productWith } from "../../test/support/product.ts";
import { action } from "../../test/support/world.ts";
import type { Bench, Part, Report } from "../part.ts";
import { rounded } from "../statistics.ts";

/** The process that Throughline replaces, measured on a machine of this kind; nothing of it was durable. */
const REFERENCE_US = 14;

const ACTIONS_A_BATCH = 3;

export const domain: Part = {
  name: "domain",
  measures: "processor time of the pure part of a turn",
  run: async ({ sizes }: Bench): Promise<Report> => {
    const { configuration } = productWith();
    const name = { productId: "acme", sessionId: "session-1" };
    const messages = batches(sizes.foldedBatches);
    const fold = () => {
      let state = linkedSession;
      let due = 0;
      for (const message of messages) {
        const { state: decided } = decideSession(name, state, message, configuration);
        state = { ...decided, recentIds: remember(decided.recentIds, message.id) };
        due = dueAt(state, configuration);
      }
      return { state, due };
    };
    fold();
    const before = process.cpuUsage();
    const { state } = fold();
    const { user, system } = process.cpuUsage(before);
    if (state.appended !== messages.length) throw new Error("A batch was not appended");
    const batchUs = rounded((user + system) / messages.length, 2);
    return {
      tables: [
        {
          title: "Processor time of a turn in the domain, microseconds",
          head: ["", "batches", "a batch"],
          rows: [
            ["decide and dueAt, linked session", messages.length, batchUs],
            ["the reference: all that it does for a batch", "–", REFERENCE_US],
          ],
          notes: ["Not like for like: the reference keeps nothing, and a turn here also reads and writes its memory."],
        },
      ],
      budgets: [],
      figures: { batches: messages.length, batchUs, referenceUs: REFERENCE_US },
    };
  },
};

const startMs = Date.UTC(2026, 0, 1);

/** A session in the middle of its life: linked, registered, with a full memory of ids once the first 32 are in. */
const linkedSession: SessionState = {
  ...freshSession,
  lastAcceptedAt: startMs,
  person: { identity: { by: "external", value: "user-1" }, toldAt: startMs },
  link: { conversationId: "conversation-1", at: startMs, verified: true, userWrote: true, through: 0, windowStartS: 0 },
};

function batches(count: number): readonly SessionMessage[] {
  return Array.from({ length: count }, (_, n) => {
    const acceptedAt = startMs + n;
    return {
      type: "actions",
      id: `cAxmZ0sYk3Q0Gx2tJ1yJvQ.${n}`,
      acceptedAt,
      latestAt: acceptedAt,
      userId: "user-1",
      actions: Array.from({ length: ACTIONS_A_BATCH }, (_, at) =>
        action(`batch ${n}, action ${at}`, acceptedAt / 1_000),
      ),
    };
  });
}
