import * as z from "zod";
import type { AwsCall } from "../aws-protocol.ts";
import type { LocalCloud } from "../boot.ts";
import type { Narrator } from "./narrator.ts";
import { type Pace, storyTime, toStoryS } from "./pace.ts";

const armedSchema = z.object({ QueueUrl: z.string(), MessageBody: z.string() });
const deadlineSchema = z.object({ dueAt: z.number() });

/** Tells of each alarm that a session sets, and of each that wakes one. @returns how to stop. */
export function watchAlarms(cloud: LocalCloud, pace: Pace, { tell }: Narrator): () => void {
  const worker = cloud.functionProcess("actor-worker").settings.logicalId;
  const relay = cloud.functionProcess("DelayedLaneRelay").settings.logicalId;
  const deadlines = cloud.queues.url("DelayedLaneQueue");

  function dueAt({ input }: AwsCall): number | undefined {
    const armed = armedSchema.safeParse(input);
    if (!armed.success || armed.data.QueueUrl !== deadlines) return undefined;
    return deadlineSchema.safeParse(JSON.parse(armed.data.MessageBody)).data?.dueAt;
  }

  const stopCalls = cloud.gateway.observe((call, status) => {
    if (status !== 200) return;
    const { caller, service, operation } = call;
    if (caller === worker && operation === "CreateSchedule") tell("alarm", "backstop set: a one-time schedule");
    if (service !== "sqs" || !operation.startsWith("SendMessage")) return;
    if (caller === relay) tell("alarm", "rings: the session wakes up");
    const due = caller === worker ? dueAt(call) : undefined;
    if (due !== undefined) tell("alarm", `set for ${storyTime(toStoryS(pace, due), 1)}`);
  });
  const stopFirings = cloud.scheduler.onFiring(({ outcome }) => tell("alarm", `backstop goes off: ${outcome}`));
  return () => {
    stopCalls();
    stopFirings();
  };
}
