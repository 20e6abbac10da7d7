import type { JobPorts } from "../../lambdas/app/job-ports.ts";
import { performJob } from "../../lambdas/app/perform-job.ts";
import type { SummaryRow } from "../../lambdas/app/ports.ts";
import type { ActivityRow } from "../../lambdas/domain/activity/activity-row.ts";
import type { SessionActor } from "../../lambdas/domain/actor/actor.ts";
import type { AnswerJob, Job, JobResult, Question, SummaryJob } from "../../lambdas/domain/language/job.ts";
import { createMemoryActorStore } from "./memory/actor-store.ts";
import { createMemoryAnswerClaims } from "./memory/answer-claims.ts";
import { createMemoryChatPlatform } from "./memory/chat-platform.ts";
import { createCountingRandom } from "./memory/counting-random.ts";
import { createMemoryKnowledgeBase } from "./memory/knowledge-base.ts";
import { createMemoryMailbox } from "./memory/mailbox.ts";
import { createManualClock } from "./memory/manual-clock.ts";
import { createMemoryProductGuards } from "./memory/product-guards.ts";
import { createMemoryProducts } from "./memory/products.ts";
import { scriptedModel } from "./memory/scripted-model.ts";
import { createMemoryTelemetry } from "./memory/telemetry.ts";
import { productWith } from "./product.ts";
import { sessionName } from "./session.ts";

const session: SessionActor = { kind: "session", ...sessionName };

/** The shipped language worker on in-memory ports, with one session, one conversation and a clock that moves when told. */
export function createJobWorld(document: Record<string, unknown> = {}) {
  const clock = createManualClock();
  const store = createMemoryActorStore();
  const mailbox = createMemoryMailbox(clock);
  const model = scriptedModel();
  const knowledge = createMemoryKnowledgeBase();
  const chat = createMemoryChatPlatform({ clock });
  const telemetry = createMemoryTelemetry();
  const postponed: (readonly [readonly string[], number])[] = [];
  const ports: JobPorts = {
    store,
    mailbox,
    model,
    knowledge,
    telemetry,
    clock,
    platform: chat.platform,
    claims: createMemoryAnswerClaims(),
    products: createMemoryProducts(productWith(document)),
    random: createCountingRandom(),
    wait: async (ms) => clock.advance(ms),
    guards: createMemoryProductGuards(),
    redelivery: { postpone: async (receipts, delayS) => void postponed.push([receipts, delayS]) },
    configurationTtlMs: 60_000,
  };
  chat.openConversation("c1", []);

  const common = () => ({
    actor: session,
    askedAt: clock.now(),
    notAfter: clock.now() + 90_000,
    after: 0,
    through: 4,
  });
  const summaryJob = (more: Partial<SummaryJob> = {}): SummaryJob => ({
    ...common(),
    kind: "summary",
    id: "summary-1",
    ...more,
  });
  const answerJob = (more: Partial<AnswerJob> = {}): AnswerJob => ({
    ...common(),
    kind: "answer",
    id: "answer-1",
    conversationId: "c1",
    questions: [questionAt(clock.now(), "How do I export?")],
    since: null,
    ...more,
  });
  const perform = (job: Job, { remainingMs = 90_000, retryInMs = 2_000, on = ports } = {}) =>
    performJob(on, JSON.stringify(job), { remainingMs, retryInMs });

  return {
    clock,
    mailbox,
    model,
    knowledge,
    chat,
    telemetry,
    ports,
    /** Receipts that were given back together, and for how many seconds. */
    postponed,
    summaryJob,
    answerJob,
    perform,
    /** Puts rows and summaries into the session's log. */
    async log(rows: readonly ActivityRow[], summaries: readonly SummaryRow[] = []): Promise<void> {
      const { version } = await store.load(session, clock.now());
      const expiresAt = clock.now() + 86_400_000;
      await store.commit(session, {
        version,
        loadedAt: clock.now(),
        state: {},
        expiresAt,
        rows,
        notes: [],
        summaries,
        pageRows: [],
      });
    },
    /** What sessions were told, in order. */
    told: (): readonly JobResult[] =>
      mailbox.queued().flatMap(({ message }) => (message.type === "job-done" ? [message.result] : [])),
    /** What the model read, in order. */
    prompts: (): readonly string[] => model.asked.map(({ request }) => request.prompt),
  };
}

export const questionAt = (wroteAt: number, text: string, id = `q-${text}`): Question => ({
  id,
  conversationId: "c1",
  text,
  wroteAt,
});
