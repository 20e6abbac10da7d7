import type { Chance } from "../chance.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** As the deployment sets it, for both queues. */
const VISIBILITY_MS = 60_000;

export type DeadlineMessage = { readonly messageId: string; readonly body: string };

/** The standard queue of alarms: in no order, each at least once, later than wanted, and, after a hundred failures, never. */
export type DeadlinesQueue = {
  send(body: string, delayMs: number): void;
  receive(): readonly DeadlineMessage[];
  remove(messageId: string): void;
  readonly size: () => number;
};

export function createDeadlinesQueue(
  { time, chance, faults }: { readonly time: VirtualTime; readonly chance: Chance; readonly faults: FaultPlan },
  onChange: () => void,
): DeadlinesQueue {
  const messages = new Map<string, { readonly body: string; visibleAt: number }>();
  let ids = 0;
  const put = (body: string, delayMs: number): void => {
    ids += 1;
    const visibleAt = time.now() + delayMs;
    messages.set(`d-${ids}`, { body, visibleAt });
    time.at(visibleAt, onChange);
  };
  return {
    send: (body, delayMs) => {
      const fault = faults.alarm("precise");
      if (fault?.effect === "lost") return;
      put(body, delayMs + (fault?.effect === "late" ? fault.byMs : 0));
      if (fault?.effect === "twice") put(body, delayMs + fault.byMs);
    },
    receive: () => {
      const ready = [...messages].filter(([, { visibleAt }]) => visibleAt <= time.now());
      const received: DeadlineMessage[] = [];
      while (ready.length > 0 && received.length < 10) {
        for (const [messageId, message] of ready.splice(chance.between(0, ready.length - 1), 1)) {
          message.visibleAt = time.now() + VISIBILITY_MS;
          time.at(message.visibleAt, onChange);
          received.push({ messageId, body: message.body });
        }
      }
      return received;
    },
    remove: (messageId) => void messages.delete(messageId),
    size: () => messages.size,
  };
}
