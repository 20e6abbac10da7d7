import { describe, expect, it } from "vitest";
import { commit, load } from "../../lambdas/app/commit.ts";
import { RetryableError } from "../../lambdas/app/ports.ts";
import type { Effect } from "../../lambdas/domain/actor/decision.ts";
import { freshSession } from "../../lambdas/domain/session/state.ts";
import { createMemoryActorStore } from "../support/memory/actor-store.ts";
import { createMemoryDomainEvents } from "../support/memory/domain-events.ts";
import { createMemoryJobQueue } from "../support/memory/job-queue.ts";
import { createMemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProductFeed } from "../support/memory/product-feed.ts";
import { createMemoryPushQueue } from "../support/memory/push-queue.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { rowOf, T0 } from "../support/session.ts";

const s1 = { kind: "session", productId: "acme", sessionId: "s1" } as const;
const tell: Effect = {
  type: "tell",
  envelope: {
    actor: { kind: "person", productId: "acme", identity: { by: "external", value: "jane" } },
    message: { type: "session-seen", id: "b1>seen", acceptedAt: T0, sessionId: "s1", linked: false },
  },
};
const publish = {
  type: "publish",
  event: {
    type: "session.linked",
    productId: "acme",
    sessionId: "s1",
    conversationId: "c1",
    at: T0,
    detail: { verified: "true", waiting: 1 },
  },
} as const satisfies Effect;

function createPorts() {
  const clock = createManualClock(T0);
  return {
    clock,
    store: createMemoryActorStore(),
    mailbox: createMemoryMailbox(clock),
    jobs: createMemoryJobQueue(clock),
    pushes: createMemoryPushQueue(clock),
    feed: createMemoryProductFeed(clock),
    events: createMemoryDomainEvents(),
    telemetry: createMemoryTelemetry(),
  };
}

const changeOf = (effects: readonly Effect[], appended = 1) => ({
  state: { ...freshSession, appended },
  effects,
  notes: [],
  expiresAt: T0 + 86_400_000,
});

describe("a commit", () => {
  it("given rows, a message and an event, then all of them are out, and the next commit goes on from there", async () => {
    const ports = createPorts();
    const memory = await load(ports, s1, freshSession);
    const row: Effect = { type: "append", row: rowOf(1, ["a"]) };
    const saved = await commit(ports, s1, memory, changeOf([row, tell, publish]));
    expect(saved).toMatchObject({ version: 1, state: { appended: 1 } });
    expect(ports.mailbox.queued()).toHaveLength(1);
    expect(ports.events.published()).toHaveLength(1);
    expect(ports.telemetry.counted("session.linked", "acme")).toBe(1);
    if (saved === "conflict") throw new Error("nobody else was there");
    expect(await commit(ports, s1, saved, changeOf([], 2))).toMatchObject({ version: 2 });
  });

  it("given an e-mail address for a session's id, then the log has its hash, and the event what it is called", async () => {
    const ports = createPorts();
    const actor = { ...s1, sessionId: "jane@example.com" };
    const event = { ...publish.event, sessionId: actor.sessionId };
    await commit(ports, actor, await load(ports, actor, freshSession), changeOf([{ ...publish, event }]));
    expect(JSON.stringify(ports.telemetry.entries())).not.toContain("jane");
    expect(ports.telemetry.entries()).toMatchObject([{ fields: { conversation_id: "c1" } }]);
    expect(ports.events.published()).toEqual([event]);
  });

  it("given nothing new, then nothing is written", async () => {
    const ports = createPorts();
    const memory = await load(ports, s1, freshSession);
    const change = { ...changeOf([]), state: memory.state };
    expect(await commit(ports, s1, memory, change)).toBe(memory);
    expect((await ports.store.load(s1, T0)).version).toBe(0);
  });

  it("given that an actor could not be told, then nothing is written: what is never sent is lost", async () => {
    const ports = createPorts();
    const memory = await load(ports, s1, freshSession);
    ports.mailbox.refuse(() => true);
    await expect(commit(ports, s1, memory, changeOf([tell, publish]))).rejects.toThrow(RetryableError);
    expect((await ports.store.load(s1, T0)).version).toBe(0);
    expect(ports.events.published()).toEqual([]);
  });

  it("given that another worker was quicker, then it is a conflict, told twice at worst and published by nobody", async () => {
    const ports = createPorts();
    const memory = await load(ports, s1, freshSession);
    await commit(ports, s1, memory, changeOf([]));
    expect(await commit(ports, s1, memory, changeOf([tell, publish], 7))).toBe("conflict");
    expect(ports.mailbox.queued()).toHaveLength(1);
    expect(ports.events.published()).toEqual([]);
    expect((await load(ports, s1, freshSession)).state.appended).toBe(1);
  });
});
