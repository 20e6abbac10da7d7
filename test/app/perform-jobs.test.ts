import { describe, expect, it } from "vitest";
import { type JobDelivery, performJobs } from "../../lambdas/app/perform-jobs.ts";
import { createJobWorld } from "../support/jobs.ts";
import { rowOf } from "../support/session.ts";

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
    ].map(({ group, id }): JobDelivery => ({ group, messageId: `m${id}`, body: JSON.stringify(summaryJob({ id })) }));

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
    const deliveries = ["1", "2"].map((id) => ({
      group: "a",
      messageId: id,
      body: JSON.stringify(summaryJob({ id })),
    }));
    expect(await performJobs(ports, deliveries, () => left.shift() ?? 0)).toEqual(["2"]);
  });
});
