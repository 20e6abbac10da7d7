import { describe, expect, it } from "vitest";
import { performJobs, retryDelayS } from "../../lambdas/app/perform-jobs.ts";
import type { Delivery } from "../../lambdas/app/turn-ports.ts";
import type { Job } from "../../lambdas/domain/language/job.ts";
import { createJobWorld } from "../support/jobs.ts";
import { rowOf } from "../support/session.ts";

const deliveryOf = (group: string, job: Job, receives = 1): Delivery => ({
  group,
  messageId: `m${job.id}`,
  receipt: `r${job.id}`,
  receives,
  body: JSON.stringify(job),
});

describe("a batch of jobs", () => {
  it("given that one of a group fails, then it and all after it come again, and other groups are done", async () => {
    const { ports, summaryJob, mailbox, log, told } = createJobWorld();
    await log([rowOf(1, ["Opened Reports"])]);
    mailbox.refuse(({ message }) => message.id === "2>done");
    const deliveries = [
      { group: "a", id: "1" },
      { group: "a", id: "2" },
      { group: "b", id: "3" },
      { group: "a", id: "4" },
    ].map(({ group, id }) => deliveryOf(group, summaryJob({ id })));

    expect(await performJobs(ports, deliveries, () => 90_000)).toEqual(["m2", "m4"]);
    expect(told()).toHaveLength(2);
    mailbox.refuse(() => false);
    expect(await performJobs(ports, deliveries, () => 90_000)).toEqual([]);
    expect(told()).toHaveLength(4);
  });

  it("given that the worker runs out of time, then what it did not get to comes again", async () => {
    const { ports, summaryJob, log } = createJobWorld();
    await log([rowOf(1, ["Opened Reports"])]);
    const left = [90_000, 5_000];
    const deliveries = ["1", "2"].map((id) => deliveryOf("a", summaryJob({ id })));
    expect(await performJobs(ports, deliveries, () => left.shift() ?? 0)).toEqual(["m2"]);
  });

  it("given that one fails, then its group is given back for seconds, not for as long as a worker may run", async () => {
    const { ports, summaryJob, answerJob, mailbox, postponed } = createJobWorld();
    mailbox.refuse(() => true);
    const failing = [deliveryOf("a", answerJob({ id: "1" })), deliveryOf("a", answerJob({ id: "2" }))];
    expect(await performJobs(ports, [...failing, deliveryOf("b", summaryJob({ id: "3" }), 3)], () => 90_000)).toEqual([
      "m1",
      "m2",
      "m3",
    ]);
    expect(postponed.toSorted(([, one], [, other]) => one - other)).toEqual([
      [["r1", "r2"], 2],
      [["r3"], 28],
    ]);
  });

  it("given that they cannot be given back, then they come again all the same", async () => {
    const { ports, summaryJob, mailbox, telemetry } = createJobWorld();
    mailbox.refuse(() => true);
    const redelivery = { postpone: () => Promise.reject(new Error("down")) };
    const delivery = deliveryOf("a", summaryJob({ id: "1" }));
    expect(await performJobs({ ...ports, redelivery }, [delivery], () => 90_000)).toEqual(["m1"]);
    expect(telemetry.entries()).toContainEqual(expect.objectContaining({ event: "messages not postponed" }));
  });

  it("is tried again after a growing while, a judge once and an answer three times before their moment has passed", () => {
    expect([1, 2, 3, 4, 5].map((receives) => retryDelayS(receives, 0.999))).toEqual([2, 8, 32, 128, 128]);
    expect([1, 2, 3, 4, 5].map((receives) => retryDelayS(receives, 0))).toEqual([2, 6, 24, 96, 96]);
  });
});
