import type { AwsCall } from "../aws-protocol.ts";
import type { LocalCloud } from "../boot.ts";
import type { CallCount } from "../gateway.ts";

/** As much of a cloud as a story is told and counted from. */
type Watched = Pick<LocalCloud, "gateway" | "queues" | "events" | "logs" | "counts">;

/**
 * A local cloud as it would look if a product that it serves were not there: what others do with that product changes
 * nothing in what is told and counted here. Keys, groups, bodies, events and log lines all name their product, so the id
 * must be a word that nothing else uses. What event sources ask of their queues names none: it is counted for all.
 *
 * @returns what was counted since then, in `counts`; all else as in `cloud`
 */
export function cloudWithout<Cloud extends Watched>(cloud: Cloud, productId: string): Cloud & Disposable {
  const isOurs = (thing: unknown): boolean => !JSON.stringify(thing).includes(productId);
  const isOurCall = ({ input }: AwsCall): boolean => isOurs(input);
  const { gateway, queues, events, logs } = cloud;
  const counts = new Map<string, CallCount>();

  const messages: Cloud["queues"]["messages"] = (queue) => queues.messages(queue).filter(isOurs);
  const observe: Cloud["gateway"]["observe"] = (listener) =>
    gateway.observe((call, status) => {
      if (isOurCall(call)) listener(call, status);
    });

  const stop = observe(({ caller, service, operation }) => {
    const key = `${caller}/${service}/${operation}`;
    counts.set(key, { caller, service, operation, requests: (counts.get(key)?.requests ?? 0) + 1 });
  });

  return {
    ...cloud,
    gateway: { ...gateway, observe },
    queues: {
      ...queues,
      messages,
      depth(queue) {
        const places = messages(queue).map(({ place }) => place);
        const at = (wanted: (typeof places)[number]) => places.filter((place) => place === wanted).length;
        return { ready: at("ready"), inFlight: at("in flight"), delayed: at("delayed") };
      },
    },
    events: {
      recorded: () => events.recorded().filter(isOurs),
      onEvent: (listener) => events.onEvent((event) => isOurs(event) && listener(event)),
    },
    logs: {
      lines: () => logs.lines().filter(isOurs),
      onLine: (listener) => logs.onLine((line) => isOurs(line) && listener(line)),
    },
    counts: () => [...counts.values()],
    [Symbol.dispose]: stop,
  };
}
