import { rounded } from "../../bench/statistics.ts";
import type { AwsCall } from "../../local/aws-protocol.ts";
import type { System } from "../system.ts";

export type EmulatorTime = {
  readonly requests: number;
  /** Of the requests that an emulator answered at once; long polls wait for something to come. */
  readonly meanMs: number;
};

/** Measures how long the emulators take for a request, by service, until it is disposed of. */
export function watchEmulators({ cloud }: System): Disposable & { times(): Readonly<Record<string, EmulatorTime>> } {
  const began = new WeakMap<AwsCall, number>();
  const sums = new Map<string, { requests: number; ms: number }>();
  const when = ({ operation }: AwsCall) => operation !== "ReceiveMessage";
  const interceptions = [
    cloud.gateway.intercept({
      moment: "before",
      when,
      act(call) {
        began.set(call, performance.now());
        return "pass";
      },
    }),
    cloud.gateway.intercept({
      moment: "after",
      when,
      act(call) {
        const sum = sums.get(call.service) ?? { requests: 0, ms: 0 };
        const ms = performance.now() - (began.get(call) ?? performance.now());
        sums.set(call.service, { requests: sum.requests + 1, ms: sum.ms + ms });
        return "pass";
      },
    }),
  ];
  return {
    times: () =>
      Object.fromEntries(
        [...sums].map(([name, { requests, ms }]) => [name, { requests, meanMs: rounded(ms / requests, 2) }]),
      ),
    [Symbol.dispose]() {
      for (const interception of interceptions) interception.remove();
    },
  };
}
