import { boundedSummary } from "../domain/language/bounded-summary.ts";
import type { JobResult, SummaryJob } from "../domain/language/job.ts";
import { summaryRequest } from "../domain/language/summary-prompt.ts";
import { askForJob, type Work } from "./ask-for-job.ts";
import type { JobPorts } from "./job-ports.ts";
import { readActions } from "./read-activity.ts";

/** More than a prompt has room for: of a range beyond it, the newest are summarised. */
const MOST_SUMMARISED_ACTIONS = 2_000;

/**
 * Condenses the actions of a range of rows.
 *
 * @throws RetryableError when the log cannot be read, or no time is left
 */
export async function writeSummary(ports: JobPorts, work: Work<SummaryJob>): Promise<JobResult> {
  const { product, job } = work;
  const actions = await readActions(ports.store, job.actor, job, MOST_SUMMARISED_ACTIONS);
  if (actions.length === 0) return { kind: "failed", reason: "nothing to summarise" };
  const request = summaryRequest(actions, product.configuration.summaries.prompt);
  return askForJob(ports, work, request, boundedSummary);
}
