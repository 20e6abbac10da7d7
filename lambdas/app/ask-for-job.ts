import type { Job, JobResult } from "../domain/language/job.ts";
import type { ModelRequest } from "../domain/language/model-request.ts";
import { askModel } from "./ask-model.ts";
import type { JobPorts } from "./job-ports.ts";
import { type Product, RetryableError } from "./ports.ts";

/** What the way back takes: a message to the session, and the turn that it begins. */
const RETURN_MS = 1_000;

/** What is left of a worker's time must suffice to tell the session: three attempts of the SDK. */
const TELLING_MS = 10_000;

/** A job in hand. */
export type Work<Kind extends Job> = {
  readonly product: Product;
  readonly job: Kind;
  /** When the worker has to be done, ms. */
  readonly endsAt: number;
};

/** When a model has to be asked at the latest, so that it has all the time that the product gives it. */
export function modelBeginsBy(work: Work<Job>): number {
  return modelEndsBy(work) - work.product.configuration.language.timeoutMs;
}

/** Until when what a model says is still of use, and the session can be told. */
function modelEndsBy({ job, endsAt }: Work<Job>): number {
  return Math.min(endsAt - TELLING_MS, job.notAfter - RETURN_MS);
}

/**
 * Asks a model for what a job needs, for as long as the session waits for it.
 *
 * @param bounded makes the model's text fit to be shown; null when nothing is left of it
 * @throws RetryableError when the worker has no time left to ask: the job comes again, to one that has
 */
export async function askForJob(
  ports: JobPorts,
  work: Work<Job>,
  request: ModelRequest,
  bounded: (text: string) => string | null,
): Promise<JobResult> {
  const { product, job, endsAt } = work;
  const wantedMs = Math.min(product.configuration.language.timeoutMs, job.notAfter - ports.clock.now());
  if (ports.clock.now() + wantedMs > endsAt - TELLING_MS) {
    throw new RetryableError("failed", "the worker has no time left to ask a model");
  }
  const completion = await askModel(ports, product, request, { until: modelEndsBy(work) });
  if ("failed" in completion) return { kind: "failed", reason: completion.failed };
  const text = bounded(completion.text);
  return text === null ? { kind: "failed", reason: "empty" } : { kind: "written", text };
}
