import type { LocalCloud } from "../boot.ts";
import { onDeadline } from "./deadlines.ts";
import type { Narrator } from "./narrator.ts";
import { type Pace, storyTime, toStoryS } from "./pace.ts";

/** Tells of each alarm that a session sets, and of each that wakes one. @returns how to stop. */
export function watchAlarms(cloud: LocalCloud, pace: Pace, { tell }: Narrator): () => void {
  const worker = cloud.functionProcess("actor-worker").settings.logicalId;
  const relay = cloud.functionProcess("DelayedLaneRelay").settings.logicalId;

  const stopDeadlines = onDeadline(cloud, (due) => tell("alarm", `set for ${storyTime(toStoryS(pace, due), 1)}`));
  const stopCalls = cloud.gateway.observe(({ caller, service, operation }, status) => {
    if (status !== 200) return;
    if (caller === worker && operation === "CreateSchedule") tell("alarm", "backstop set: a one-time schedule");
    if (caller === relay && service === "sqs" && operation.startsWith("SendMessage")) {
      tell("alarm", "rings: the session wakes up");
    }
  });
  const stopFirings = cloud.scheduler.onFiring(({ outcome }) => tell("alarm", `backstop goes off: ${outcome}`));
  return () => {
    stopDeadlines();
    stopCalls();
    stopFirings();
  };
}
