import { describe, expect, it } from "vitest";
import { performJob } from "../../lambdas/app/perform-job.ts";
import { RetryableError } from "../../lambdas/app/ports.ts";
import { createJobWorld } from "../support/jobs.ts";
import { rowOf } from "../support/session.ts";

const rows = [1, 2, 3, 4].map((n) => rowOf(n, [`Opened page ${n}`]));

async function worldWithRows(document?: Record<string, unknown>) {
  const world = createJobWorld(document);
  await world.log(rows);
  return world;
}

describe("a job", () => {
  it("given that it is done, then its session is told what came of it", async () => {
    const { perform, summaryJob, mailbox, clock } = await worldWithRows();
    await perform(summaryJob({ id: "j1" }));
    expect(mailbox.queued()).toEqual([
      {
        actor: { kind: "session", productId: "acme", sessionId: "s1" },
        message: {
          type: "job-done",
          id: "j1>done",
          acceptedAt: clock.now(),
          jobId: "j1",
          result: { kind: "written", text: "A text." },
        },
      },
    ]);
  });

  it.each(["no json", "{}", '{"kind":"summary"}'])(
    "given a body that makes no sense (%s), then it is reported and dropped",
    async (body) => {
      const { ports, telemetry, told } = await worldWithRows();
      await performJob(ports, body, { remainingMs: 90_000, retryInMs: 2_000 });
      expect(told()).toEqual([]);
      expect(telemetry.entries()).toEqual([{ level: "error", event: "job unreadable", fields: {} }]);
    },
  );

  it("given that nobody waits for it any more, then it is dropped, and no model is asked", async () => {
    const { perform, summaryJob, model, told, clock, telemetry } = await worldWithRows();
    const job = summaryJob();
    clock.set(job.notAfter);
    await perform(job);
    expect([told(), model.asked]).toEqual([[], []]);
    expect(telemetry.counted("job.late", "acme")).toBe(1);
  });

  it("given that its product is gone, then it is dropped", async () => {
    const { perform, summaryJob, model, told } = await worldWithRows();
    await perform(summaryJob({ actor: { kind: "session", productId: "gone", sessionId: "s1" } }));
    expect([told(), model.asked]).toEqual([[], []]);
  });

  it("given that its session cannot be told, then it comes again, and the session is told once", async () => {
    const { perform, summaryJob, mailbox, model, told } = await worldWithRows();
    mailbox.refuse(() => true);
    await expect(perform(summaryJob())).rejects.toMatchObject({ name: "RetryableError" });
    mailbox.refuse(() => false);
    await perform(summaryJob());
    await perform(summaryJob());
    expect(told()).toEqual([{ kind: "written", text: "A text." }]);
    expect(model.asked).toHaveLength(3);
  });

  it("given that the worker has no time left to ask, then no model is asked, and it comes again", async () => {
    const { perform, summaryJob, model, told } = await worldWithRows();
    await expect(perform(summaryJob(), { remainingMs: 29_999 })).rejects.toMatchObject({ name: "RetryableError" });
    expect([told(), model.asked]).toEqual([[], []]);
    await perform(summaryJob(), { remainingMs: 30_000 });
    expect(told()).toMatchObject([{ kind: "written" }]);
  });

  it("given that our own table fails, then it comes again while that is in time, and else its session is told", async () => {
    const { perform, summaryJob, told, clock, ports } = await worldWithRows();
    const summaries = async function* () {
      yield* [];
    };
    const activity = (): never => {
      throw new RetryableError("failed", "throttled");
    };
    const on = { ...ports, store: { activity, summaries } };
    const job = summaryJob({ notAfter: clock.now() + 8_001 });
    await expect(perform(job, { on, retryInMs: 8_000 })).rejects.toThrow("throttled");
    expect(told()).toEqual([]);
    clock.advance(1);
    await perform(job, { on, retryInMs: 8_000 });
    expect(told()).toEqual([{ kind: "failed", reason: "no time" }]);
  });

  it("given that nobody waits so long as a request may take, then the request ends in time to tell of it", async () => {
    const { perform, summaryJob, model, told, clock } = await worldWithRows();
    await perform(summaryJob({ notAfter: clock.now() + 10_000 }));
    expect(told()).toMatchObject([{ kind: "written" }]);
    expect(model.asked).toMatchObject([{ timeoutMs: 9_000 }]);
  });

  it("given that hardly anybody waits any more, then no model is asked, and that is its result", async () => {
    const { perform, summaryJob, model, told, clock } = await worldWithRows();
    await perform(summaryJob({ notAfter: clock.now() + 1_999 }));
    expect(told()).toEqual([{ kind: "failed", reason: "late" }]);
    expect(model.asked).toEqual([]);
  });

  it("given a model that takes all of its time, again and again, then the session is told before the worker ends", async () => {
    const { perform, summaryJob, model, told, clock, ports } = await worldWithRows();
    const endsAt = clock.now() + 60_000;
    const slow: typeof ports.model = {
      complete: (...asked) => {
        const [, , { timeoutMs }] = asked;
        clock.advance(timeoutMs);
        return model.complete(...asked);
      },
    };
    model.failAll("timeout");
    await perform(summaryJob(), { remainingMs: 60_000, on: { ...ports, model: slow } });
    expect(told()).toEqual([{ kind: "failed", reason: "uncertain" }]);
    expect(model.asked).toHaveLength(3);
    expect(clock.now()).toBeLessThanOrEqual(endsAt - 10_000);
  });

  it("given that it is logged, then no more than its names are", async () => {
    const { perform, summaryJob, telemetry, model } = await worldWithRows();
    model.answer("Jane wanted to export her secret plans.");
    await perform(summaryJob());
    expect(telemetry.entries()).toEqual([
      {
        level: "info",
        event: "job.done",
        fields: { product_id: "acme", session_id: "s1", job_id: "summary-1", kind: "summary", result: "written" },
      },
    ]);
  });
});

describe("a summary's job", () => {
  it("is written from the actions of its rows, and of no others", async () => {
    const { perform, summaryJob, model } = await worldWithRows({ summary_prompt: "In French: {actions}" });
    await perform(summaryJob({ after: 1, through: 3 }));
    const [asked] = model.asked;
    expect(asked?.request.task).toBe("summary");
    expect(asked?.request.material.actions.map(({ description }) => description)).toEqual([
      "Opened page 2",
      "Opened page 3",
    ]);
    expect(asked?.request.prompt).toMatch(/^In French: /);
  });

  it("given more actions than are ever held, then the newest are summarised", async () => {
    const world = createJobWorld();
    await world.log(Array.from({ length: 30 }, (_, at) => rowOf(at + 1, Array(100).fill(`Row ${at + 1}`))));
    await world.perform(world.summaryJob({ through: 30 }));
    const actions = world.model.asked[0]?.request.material.actions ?? [];
    expect(actions).toHaveLength(2_000);
    expect(actions[0]?.description).toBe("Row 11");
  });

  it("given that its rows are gone, then it fails, and no model is asked", async () => {
    const { perform, summaryJob, model, told } = createJobWorld();
    await perform(summaryJob());
    expect(told()).toEqual([{ kind: "failed", reason: "nothing to summarise" }]);
    expect(model.asked).toEqual([]);
  });

  it.each([
    ["outage", "failed"],
    ["timeout", "uncertain"],
    ["unreadable", "failed"],
    ["limited", "limited"],
    ["unauthorized", "unauthorized"],
    ["rejected", "rejected"],
    ["gone", "gone"],
    ["empty", "empty"],
  ] as const)("given a model that meets %s, then its result is a failure", async (fault, reason) => {
    const { perform, summaryJob, model, told } = await worldWithRows();
    model.failAll(fault);
    await perform(summaryJob());
    expect(told()).toEqual([{ kind: "failed", reason }]);
  });

  it("given a model that never ends, then what it wrote is bounded", async () => {
    const { perform, summaryJob, model, told } = await worldWithRows();
    model.failAll("huge");
    await perform(summaryJob());
    const [result] = told();
    expect(result?.kind === "written" && result.text.length).toBeLessThanOrEqual(1_200);
  });

  it("given a model that answers with a page of HTML, then no markup reaches the session", async () => {
    const { perform, summaryJob, model, told } = await worldWithRows();
    model.answer("<!DOCTYPE html><html><head><title>502</title></head><body><h1>Bad Gateway</h1></body></html>");
    await perform(summaryJob());
    expect(JSON.stringify(told())).not.toMatch(/<\/?\w/);
  });
});
