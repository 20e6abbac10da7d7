import { loggedId } from "../domain/actor/logged-id.ts";
import { ANSWER_PROMPT_VERSION } from "../domain/language/answer-prompt.ts";
import { type Job, type JobResult, jobSchema } from "../domain/language/job.ts";
import type { JobPorts } from "./job-ports.ts";
import { type Product, RetryableError } from "./ports.ts";
import { writeAnswer } from "./write-answer.ts";
import { writeJudgement } from "./write-judgement.ts";
import { writeSummary } from "./write-summary.ts";

/**
 * Performs a job of a session, and tells the session what came of it. Whatever a language model, a knowledge base or a chat
 * platform does ends in a result, and so does what fails when another try would come too late; performed again after a crash,
 * a job leads to one result all the same.
 *
 * @param body of a message on the jobs queue. One that makes no sense is reported and dropped, and so is a job that nobody
 * waits for any more: a session gives up what it is not told of.
 * @param times `remainingMs`: what is left of the worker's time; `retryInMs`: when the job comes again if it fails now
 * @throws RetryableError, TerminalError when our own infrastructure fails, or no time is left: the job comes again
 */
export async function performJob(
  ports: JobPorts,
  body: string,
  { remainingMs, retryInMs }: { readonly remainingMs: number; readonly retryInMs: number },
): Promise<void> {
  const { clock, products, telemetry } = ports;
  const now = clock.now();
  const job = read(body);
  if (!job) {
    telemetry.error("job unreadable", {});
    return;
  }
  const { productId, sessionId } = job.actor;
  const fields = { product_id: productId, session_id: loggedId(sessionId), job_id: job.id, kind: job.kind };
  if (now >= job.notAfter) {
    telemetry.count("job.late", productId);
    telemetry.warn("job.late", { ...fields, late_ms: now - job.notAfter });
    return;
  }
  const product = await products.find(productId);
  if (!product) {
    telemetry.warn("job of an unknown product", fields);
    return;
  }
  const result = await resultOf(ports, product, job, now + remainingMs).catch((cause: unknown): JobResult => {
    if (clock.now() + retryInMs < job.notAfter) throw cause;
    telemetry.error("job failed for good", fields, cause);
    return { kind: "failed", reason: "no time" };
  });
  await tell(ports, job, result);
  telemetry.info("job.done", {
    ...fields,
    prompt_version: job.kind === "answer" ? ANSWER_PROMPT_VERSION : undefined,
    result: result.kind,
    reason: "reason" in result ? result.reason : undefined,
  });
}

function resultOf(ports: JobPorts, product: Product, job: Job, endsAt: number): Promise<JobResult> {
  switch (job.kind) {
    case "summary":
      return writeSummary(ports, { product, job, endsAt });
    case "answer":
      return writeAnswer(ports, { product, job, endsAt });
    case "judge":
      return writeJudgement(ports, { product, job, endsAt });
    default:
      return job satisfies never;
  }
}

async function tell({ mailbox, clock }: JobPorts, job: Job, result: JobResult): Promise<void> {
  const queued = await mailbox.send([
    {
      actor: job.actor,
      message: { type: "job-done", id: `${job.id}>done`, acceptedAt: clock.now(), jobId: job.id, result },
    },
  ]);
  if (queued.size === 0) throw new RetryableError("failed", "a job's result could not be queued");
}

function read(body: string): Job | undefined {
  try {
    return jobSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
