import { describe, expect, it } from "vitest";
import { defaults } from "../../../bench/cost/assumptions.ts";
import { batchUsage, chatSession, sessionUsage, silentSession } from "../../../bench/cost/session-usage.ts";
import { counts } from "./counts.ts";

const assumed = { ...defaults, batches: 10, linkedShare: 0.5, batchesPerNote: 1, sessionMinutes: 6 };
const { cost } = counts.requests.unlinked[0] ?? { cost: counts.requests.first };

describe("a batch", () => {
  it("given alone in its body, then it uses what was counted", () => {
    expect(batchUsage(cost.usage, assumed)).toMatchObject({
      "sqs.fifo": 3,
      "invocation.receiver": 1,
      "logs.written": 100,
    });
  });

  it("given among twenty, then they share the receiver, and ten each a request to the queue", () => {
    const usage = batchUsage(cost.usage, { ...assumed, batchesPerBody: 20 });
    expect(usage["invocation.receiver"]).toBe(0.05);
    expect(usage["sqs.fifo"]).toBe(2 + 2 / 20);
    expect(usage["dynamodb.write"]).toBe(2);
  });
});

describe("a session", () => {
  it("given no chat, then it is its batches, and a registration every five minutes", () => {
    expect(silentSession(counts, assumed)["dynamodb.write"]).toBe(10 * 2 + 2);
    expect(silentSession(counts, { ...assumed, sessionMinutes: 0 })["dynamodb.write"]).toBe(10 * 2 + 1);
  });

  it("given a chat, then the batches after it are paid with their notes, and the link", () => {
    const usage = chatSession(counts, assumed, "precise");
    expect(usage["dynamodb.write"]).toBe(10 * 2 + 2 + 5 * 3);
    expect(usage["events.event"]).toBe(2 + 5);
    expect(usage["sqs.standard"]).toBe(5 * 3);
  });

  it("given notes that take up five batches, then one note is paid", () => {
    expect(chatSession(counts, { ...assumed, batchesPerNote: 5 }, "precise")["events.event"]).toBe(2 + 1);
  });

  it("given the precise lane, then a timer of record is set, and wakes nobody; given the other, one schedule a note", () => {
    const precise = chatSession(counts, assumed, "precise");
    const scheduler = chatSession(counts, assumed, "scheduler");
    expect(precise["scheduler.invocation"]).toBe(1);
    expect(precise["invocation.worker"] - silentSession(counts, assumed)["invocation.worker"]).toBe(1);
    expect(scheduler["scheduler.invocation"]).toBe(5);
    expect(scheduler["invocation.relay"]).toBe(0);
  });

  it.each([0, 0.25, 1])("given that a share of %d opens a chat, then the average is in between", (chatShare) => {
    const usage = sessionUsage(counts, { ...assumed, chatShare }, "precise");
    expect(usage["events.event"]).toBeCloseTo(chatShare * 7, 9);
  });
});
