import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { PushQueue } from "../../../lambdas/app/push-ports.ts";
import type { Push } from "../../../lambdas/domain/activity/push.ts";

export type PushQueueUnderTest = {
  readonly queue: PushQueue;
  /** What is queued for a session, in order. */
  queued(sessionId: string): readonly Push[];
};

export const pushOf = (sessionId: string, id: string, summary = "Compared two plans."): Push => ({
  id,
  actor: { kind: "session", productId: "acme", sessionId },
  at: 1,
  payload: {
    type: "summary",
    product_id: "acme",
    session_id: sessionId,
    summary,
    replaces: 20,
    forwarded_at: 0.001,
  },
});

/** What a queue of pushes does, whatever it is made of. */
export function pushQueueContract(open: () => PushQueueUnderTest): void {
  let queue: PushQueue;
  let queued: PushQueueUnderTest["queued"];

  beforeAll(() => {
    ({ queue, queued } = open());
  });

  test("the pushes of a session are queued in order", async () => {
    const session = randomUUID();
    await queue.send([]);
    await queue.send([pushOf(session, "1"), pushOf(session, "2")]);
    await queue.send([pushOf(session, "3")]);
    expect(queued(session)).toEqual(["1", "2", "3"].map((id) => pushOf(session, id)));
  });

  test("a push that is sent again is queued once", async () => {
    const session = randomUUID();
    await queue.send([pushOf(session, "same")]);
    await queue.send([pushOf(session, "same"), pushOf(session, "next")]);
    expect(queued(session).map(({ id }) => id)).toEqual(["same", "next"]);
  });

  test("two sessions may have pushes of one id", async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await queue.send([pushOf(one, "1"), pushOf(other, "1")]);
    expect([...queued(one), ...queued(other)]).toHaveLength(2);
  });

  test("a push of any characters arrives as it was sent", async () => {
    const session = randomUUID();
    const push = pushOf(session, "x".repeat(100), "\u0000\u001f\u007f\ud800\ufffe\uffff\u{1F642}\u2028");
    await queue.send([push]);
    expect(queued(session)).toEqual([push]);
  });

  test("the largest batch fits", async () => {
    const session = randomUUID();
    await queue.send([pushOf(session, "1", "\ufffe".repeat(30_000))]);
    expect(queued(session)).toHaveLength(1);
  });
}
