import type { Job, JobResult } from "../domain/language/job.ts";
import type { ModelRequest } from "../domain/language/model-request.ts";
import { askModel } from "./ask-model.ts";
import type { JobPorts } from "./job-ports.ts";
import { type Product, RetryableError } from "./ports.ts";

/** What is left of a worker's time must suffice to tell the session: three attempts of the SDK. */
const TELLING_MS = 10_000;

/** A job in hand. */
export type Work<Kind extends Job> = {
  readonly product: Product;
  readonly job: Kind;
  /** When the worker has to be done, ms. */
  readonly endsAt: number;
};

/** When a model has to be asked at the latest, so that its answer is still of use and the session can be told. */
export function modelBeginsBy({ product, job, endsAt }: Work<Job>): number {
  return Math.min(endsAt - TELLING_MS, job.notAfter) - product.configuration.language.timeoutMs;
}

/**
 * Asks a model for what a job needs.
 *
 * @param bounded makes the model's text fit to be shown; null when nothing is left of it
 * @throws RetryableError when the worker has no time left to ask: the job comes again, to one that has
 */
export async function askForJob(
  ports: JobPorts,
  { product, job, endsAt }: Work<Job>,
  request: ModelRequest,
  bounded: (text: string) => string | null,
): Promise<JobResult> {
  const toldBy = endsAt - TELLING_MS;
  if (ports.clock.now() + product.configuration.language.timeoutMs > toldBy) {
    throw new RetryableError("failed", "the worker has no time left to ask a model");
  }
  const completion = await askModel(ports, product, request, { until: Math.min(toldBy, job.notAfter) });
  if ("failed" in completion) return { kind: "failed", reason: completion.failed };
  const text = bounded(completion.text);
  return text === null ? { kind: "failed", reason: "empty" } : { kind: "written", text };
}
