import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { JobQueue } from "../../../lambdas/app/language-ports.ts";
import type { Job } from "../../../lambdas/domain/language/job.ts";

export type JobQueueUnderTest = {
  readonly queue: JobQueue;
  /** What is queued for a session, each kind in order. */
  queued(sessionId: string): readonly Job[];
};

const summaryJob = (sessionId: string, id: string): Job => ({
  id,
  kind: "summary",
  actor: { kind: "session", productId: "acme", sessionId },
  askedAt: 1,
  notAfter: 2,
  after: 0,
  through: 20,
});

export const answerJob = (sessionId: string, id: string, text = "How do I export?"): Job => ({
  id,
  kind: "answer",
  actor: { kind: "session", productId: "acme", sessionId },
  askedAt: 1,
  notAfter: 2,
  conversationId: "c1",
  questions: [{ id: "q1", conversationId: "c1", text, wroteAt: 1 }],
  since: null,
  after: 0,
  through: 20,
});

/** What a queue of jobs does, whatever it is made of. */
export function jobQueueContract(open: () => JobQueueUnderTest): void {
  let queue: JobQueue;
  let queued: JobQueueUnderTest["queued"];

  beforeAll(() => {
    ({ queue, queued } = open());
  });

  test("the jobs of a session are queued, those of one kind in order", async () => {
    const session = randomUUID();
    await queue.send([]);
    const summaries = [summaryJob(session, "1"), summaryJob(session, "3")];
    await queue.send(summaries);
    await queue.send([answerJob(session, "2")]);
    expect(queued(session).filter(({ kind }) => kind === "summary")).toEqual(summaries);
    expect(queued(session).filter(({ kind }) => kind === "answer")).toEqual([answerJob(session, "2")]);
  });

  test("a job that is sent again is queued once; another one of the session is another", async () => {
    const session = randomUUID();
    await queue.send([summaryJob(session, "same")]);
    await queue.send([summaryJob(session, "same"), summaryJob(session, "next")]);
    expect(queued(session).map(({ id }) => id)).toEqual(["same", "next"]);
  });

  test("two sessions may have jobs of one id", async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await queue.send([summaryJob(one, "1"), summaryJob(other, "1")]);
    expect([...queued(one), ...queued(other)]).toHaveLength(2);
  });

  test("a job's id may be as long as it may", async () => {
    const session = randomUUID();
    await queue.send([summaryJob(session, "x".repeat(100))]);
    expect(queued(session)).toHaveLength(1);
  });

  test("a question of any characters arrives as it was sent", async () => {
    const job = answerJob(randomUUID(), "1", "\u0000\u001f\u007f\ud800\ufffe\uffff\u{1F642}\u2028");
    await queue.send([job]);
    expect(queued(job.actor.sessionId)).toEqual([job]);
  });
}
