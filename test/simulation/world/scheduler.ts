import { ConflictException, CreateScheduleCommand, type SchedulerClient } from "@aws-sdk/client-scheduler";
import type { Chance } from "../chance.ts";
import { type Aws, awsRequest } from "./aws-request.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { FifoQueue } from "./fifo-queue.ts";
import type { Life } from "./life.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** "60-second precision" (EventBridge Scheduler user guide): so late may a schedule be. */
const LATEST_MS = 60_000;

/** One-time schedules. One whose time has passed when the request arrives never fires, as AWS documents it may not. */
export type Scheduler = {
  /** @throws ConflictException when the name is taken */
  create(name: string, second: number, message: { readonly group: string; readonly body: string }): void;
  readonly pending: () => number;
};

export function createScheduler(
  { time, chance, faults }: { readonly time: VirtualTime; readonly chance: Chance; readonly faults: FaultPlan },
  actors: FifoQueue,
): Scheduler {
  const names = new Set<string>();
  let pending = 0;
  return {
    create: (name, second, { group, body }) => {
      if (names.has(name)) throw new ConflictException({ message: "exists", Message: "exists", $metadata: {} });
      names.add(name);
      if (second <= time.now()) return;
      pending += 1;
      const fire = (): void => {
        pending -= 1;
        // The queue de-duplicates by content.
        const deliver = () => actors.send({ group, deduplicationId: body, body });
        deliver();
        const fault = faults.alarm("schedule");
        if (fault?.effect === "twice") time.at(time.now() + fault.byMs, deliver);
      };
      time.at(second + (chance.maybe(0.5) ? chance.between(0, 1_000) : chance.between(0, LATEST_MS)), fire);
    },
    pending: () => pending,
  };
}

/** A Scheduler client of one process, for the shipped adapter. */
export function createSchedulerClient(aws: Aws, life: Life, scheduler: Scheduler): SchedulerClient {
  const send = async (command: unknown): Promise<unknown> => {
    if (!(command instanceof CreateScheduleCommand)) throw new Error("Scheduler does not understand this command");
    const { Name: name = "", ScheduleExpression: expression = "", Target: target } = command.input;
    const at = /^at\((.+)\)$/.exec(expression)?.[1];
    if (!at) throw new Error(`Scheduler does not understand ${expression}`);
    const message = { group: target?.SqsParameters?.MessageGroupId ?? "", body: target?.Input ?? "" };
    return awsRequest(aws, life, "create schedule", () => scheduler.create(name, Date.parse(`${at}Z`), message));
  };
  return { send } as unknown as SchedulerClient;
}
