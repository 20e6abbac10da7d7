import { beforeEach, describe, expect, it } from "vitest";
import type { AwsCall } from "../../local/aws-protocol.ts";
import type { LocalCloud } from "../../local/boot.ts";
import { cloudWithout } from "../../local/demo/cloud-without.ts";
import type { StoredMessage } from "../../local/emulators/sqs.ts";

type Listener<Method extends (listener: never) => unknown> = Parameters<Method>[0];

/** A cloud that serves two products, in which things happen by hand. */
function twoProducts() {
  const calls = new Set<Listener<LocalCloud["gateway"]["observe"]>>();
  const events = new Set<Listener<LocalCloud["events"]["onEvent"]>>();
  const logs = new Set<Listener<LocalCloud["logs"]["onLine"]>>();
  const on =
    <One>(listeners: Set<One>) =>
    (listener: One) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
  const event = (productId: string) => ({
    bus: "throughline",
    source: "throughline",
    detailType: "offer.shown",
    detail: { product_id: productId },
  });
  const message = (productId: string, place: StoredMessage["place"]) => ({
    id: `${productId} ${place}`,
    body: "{}",
    group: `S#${productId}#x`,
    receives: 0,
    place,
  });
  const stored = [message("acme", "ready"), message("page", "ready"), message("page", "delayed")];
  const cloud = {
    url: "http://127.0.0.1:4000",
    gateway: { observe: on(calls) } as Partial<LocalCloud["gateway"]> as LocalCloud["gateway"],
    queues: { messages: () => stored } as Partial<LocalCloud["queues"]> as LocalCloud["queues"],
    events: { recorded: () => [event("page"), event("acme")], onEvent: on(events) },
    logs: { lines: () => [], onLine: on(logs) },
    counts: () => [],
  };
  const call = (input: AwsCall["input"]): AwsCall => ({
    caller: "Worker",
    processId: undefined,
    service: "dynamodb",
    operation: "GetItem",
    input,
  });
  return {
    cloud,
    asks: (input: AwsCall["input"]) => {
      for (const listener of calls) listener(call(input), 200);
    },
    publishes: (productId: string) => {
      for (const listener of events) listener(event(productId));
    },
    logsLine: (line: string) => {
      for (const listener of logs) listener({ atMs: 0, functionId: "Worker", stream: "stdout", line });
    },
  };
}

describe("a cloud without one of its products", () => {
  let whole: ReturnType<typeof twoProducts>;
  beforeEach(() => {
    whole = twoProducts();
  });

  it("counts what is asked for others, and for nobody by name", () => {
    whole.asks({ Key: { pk: { S: "S#acme#1" } } });
    using cloud = cloudWithout(whole.cloud, "page");
    whole.asks({ Key: { pk: { S: "S#acme#1" } } });
    whole.asks({ Key: { pk: { S: "S#page#1" } } });
    whole.asks({ QueueUrl: "http://queue", ReceiptHandle: "r" });

    expect(cloud.counts()).toEqual([{ caller: "Worker", service: "dynamodb", operation: "GetItem", requests: 2 }]);
  });

  it("tells of others' calls, events and log lines alone", () => {
    using cloud = cloudWithout(whole.cloud, "page");
    const heard: unknown[] = [];
    cloud.gateway.observe(({ input }) => heard.push(input));
    cloud.events.onEvent(({ detail }) => heard.push(detail));
    cloud.logs.onLine(({ line }) => heard.push(line));
    for (const productId of ["page", "acme"]) {
      whole.asks({ Detail: productId });
      whole.publishes(productId);
      whole.logsLine(`{"product":"${productId}"}`);
    }

    expect(heard).toEqual([{ Detail: "acme" }, { product_id: "acme" }, '{"product":"acme"}']);
    expect(cloud.events.recorded()).toMatchObject([{ detail: { product_id: "acme" } }]);
  });

  it("is at rest when nothing of others is under way", () => {
    using cloud = cloudWithout(whole.cloud, "page");

    expect(cloud.queues.messages("MailboxQueue")).toMatchObject([{ group: "S#acme#x" }]);
    expect(cloud.queues.depth("MailboxQueue")).toEqual({ ready: 1, inFlight: 0, delayed: 0 });
  });

  it("counts no more once it is disposed of", () => {
    const cloud = cloudWithout(whole.cloud, "page");
    cloud[Symbol.dispose]();
    whole.asks({});

    expect(cloud.counts()).toEqual([]);
  });
});
