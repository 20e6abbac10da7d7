import * as z from "zod";
import type { StageParameters } from "../lambdas/app/operator-ports.ts";
import { CommandError } from "./errors.ts";

/** What the stack wrote down about itself (`lib/deployment-record.ts`). */
const deploymentSchema = z.object({
  version: z.string(),
  /** With a slash at its end. */
  apiUrl: z.url(),
  tableName: z.string(),
  actorsQueueUrl: z.url(),
  actorsDeadLetterQueueUrl: z.url(),
  deadlinesQueueUrl: z.url(),
  deadlinesDeadLetterQueueUrl: z.url(),
  schedulerDeadLetterQueueUrl: z.url(),
  jobsQueueUrl: z.url(),
  jobsDeadLetterQueueUrl: z.url(),
  /** Only where pushes are deployed. */
  pushesQueueUrl: z.url().optional(),
  pushesDeadLetterQueueUrl: z.url().optional(),
});

export type Deployment = z.infer<typeof deploymentSchema>;

/** @throws CommandError when this stage is not deployed in this account and region. */
export async function readDeployment(parameters: StageParameters, prefix: string): Promise<Deployment> {
  const text = (await parameters.read(["deployment"])).get("deployment");
  if (text === undefined) {
    throw new CommandError(`There is no ${prefix}/deployment: is this the right stage, account and region?`);
  }
  const parsed = deploymentSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new CommandError(`${prefix}/deployment was written by another version`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
