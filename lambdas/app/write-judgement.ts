import type { JobResult, JudgeJob } from "../domain/language/job.ts";
import { judgeRequest } from "../domain/language/judge-prompt.ts";
import { askForJob, type Work } from "./ask-for-job.ts";
import { awaitRows } from "./await-rows.ts";
import type { JobPorts } from "./job-ports.ts";
import { readSessionActivity } from "./read-activity.ts";

/** More than the few fields of a judgement, in any language. */
const LONGEST_JUDGEMENT = 4_000;

/**
 * Finds out whether now is the moment for an offer. What the model says is the session's to read.
 *
 * @throws RetryableError when the log cannot be read, or no time is left
 */
export async function writeJudgement(ports: JobPorts, work: Work<JudgeJob>): Promise<JobResult> {
  await awaitRows(ports, work.job);
  const activity = await readSessionActivity(ports.store, work.job.actor, work.job);
  const request = judgeRequest(work.job, activity);
  return askForJob(ports, work, request, (text) => (text.length > LONGEST_JUDGEMENT ? null : text || null));
}
