import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Envelope } from "../../lambdas/domain/actor/message.ts";
import type { SessionState } from "../../lambdas/domain/session/state.ts";
import { collect } from "../support/collect.ts";
import type { Crash } from "../support/crash.ts";
import { createWorld, type World } from "../support/world.ts";

const second = 1_000;
const minute = 60 * second;

/** Each session has its own person and conversation. That of s3 is named by its batches, and has to be believed. */
const sessions = ["s1", "s2", "s3"] as const;
type Session = (typeof sessions)[number];
const conversationOf = { s1: "c1", s2: "c2", s3: "c3" } as const;
const userOf = (session: Session) => `user of ${session}`;

type Fault = "outage" | "request-lost" | "answer-lost" | "limited" | "unauthorized";

type Happening =
  | { readonly type: "act"; readonly session: Session; readonly actions: number }
  | { readonly type: "burst"; readonly session: Session }
  | { readonly type: "write"; readonly session: Session; readonly earlierMs: number }
  | { readonly type: "pass"; readonly ms: number }
  | { readonly type: "redeliver" | "resend"; readonly which: number }
  | { readonly type: "wake"; readonly session: Session }
  | { readonly type: "late alarms"; readonly ms: number }
  | { readonly type: "overlap" }
  | ({ readonly type: "crash" } & Crash)
  | { readonly type: "fault"; readonly fault: Fault }
  | { readonly type: "down"; readonly fault: Fault | undefined };

const session = fc.constantFrom(...sessions);
const fault = fc.constantFrom<Fault[]>("outage", "request-lost", "answer-lost", "limited", "unauthorized");
const sides = fc.constantFrom<Crash["side"][]>("before", "within", "after", "fails", "lost");
const of = <Type extends Happening["type"]>(type: Type) => fc.constant(type);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: of("act"), session, actions: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ type: of("burst"), session }) },
  { weight: 3, arbitrary: fc.record({ type: of("write"), session, earlierMs: fc.constantFrom(0, 1, 5_000, minute) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: of("pass"),
      ms: fc.constantFrom(1, 80, 149, 151, second, 6 * second, 20 * second, 65 * second, 6 * minute),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: of("redeliver"), which: fc.nat(1_000) }) },
  { weight: 2, arbitrary: fc.record({ type: of("resend"), which: fc.nat(1_000) }) },
  { weight: 1, arbitrary: fc.record({ type: of("wake"), session }) },
  { weight: 1, arbitrary: fc.record({ type: of("late alarms"), ms: fc.constantFrom(0, 200, 3 * second, minute) }) },
  { weight: 2, arbitrary: fc.record({ type: of("overlap") }) },
  { weight: 6, arbitrary: fc.record({ type: of("crash"), call: fc.integer({ min: 1, max: 16 }), side: sides }) },
  { weight: 4, arbitrary: fc.record({ type: of("fault"), fault }) },
  { weight: 1, arbitrary: fc.record({ type: of("down"), fault: fc.option(fault, { nil: undefined }) }) },
);

/** What may pass in all, beside recoveries: less than the window, so that nothing leaves it before the link. */
const LONGEST_MS = 20 * minute;

const actorOf = (sessionId: Session) => ({ kind: "session", productId: "acme", sessionId }) as const;
const stateOf = async (world: World, sessionId: Session) =>
  (await world.store.load(actorOf(sessionId), world.clock.now())).state as SessionState | undefined;

async function play(world: World, happenings: readonly Happening[]) {
  const accepted: Record<Session, string[]> = { s1: [], s2: [], s3: [] };
  const sent: Envelope[] = [];
  const end = world.clock.now() + LONGEST_MS;
  let deaths = 0;
  let named = 0;

  const pass = (ms: number) => world.advance(Math.max(0, Math.min(ms, end - world.clock.now())));
  const act = async (by: Session, actions: number): Promise<void> => {
    const lines = Array.from({ length: actions }, () => `${by} action ${++named}`);
    accepted[by].push(...lines);
    const conversation = by === "s3" ? { conversationId: conversationOf[by] } : {};
    sent.push(await world.act(by, lines, { userId: userOf(by), ...conversation }));
    await world.advance(5);
  };
  const write = (by: Session, earlierMs: number) =>
    world.write(conversationOf[by], { userId: userOf(by), wroteAt: world.clock.now() - earlierMs });
  /** One of the last ten, whose copies the queue itself may deliver, or one that it has forgotten. */
  const pick = (which: number): Envelope | undefined => {
    const old = sent.filter(({ message }) => world.clock.now() - message.acceptedAt > 5 * minute);
    const candidates = [...new Set([...old, ...sent.slice(-10)])];
    return candidates[which % Math.max(1, candidates.length)];
  };

  /** A third death in a row may be held against a message, which is then rightly put aside. */
  const recoverFromTwo = async (): Promise<void> => {
    deaths += 1;
    if (deaths <= 2) return;
    world.crasher.arm(undefined);
    world.overlapWorkers(false);
    await world.advance(2 * minute);
    deaths = 1;
  };

  const take = async (next: Happening): Promise<void> => {
    switch (next.type) {
      case "act":
        return act(next.session, next.actions);
      case "burst":
        for (let n = 0; n < 12; n += 1) await act(next.session, 1);
        return;
      case "write":
        return write(next.session, next.earlierMs);
      case "pass":
        return pass(next.ms);
      case "redeliver": {
        const envelope = pick(next.which);
        return envelope && world.redeliver(envelope);
      }
      case "resend": {
        const envelope = pick(next.which);
        if (envelope) await world.resend(envelope);
        return;
      }
      case "wake":
        return world.wake(next.session);
      case "late alarms":
        return world.delayAlarms(next.ms);
      case "overlap":
        await recoverFromTwo();
        return world.overlapWorkers(true);
      case "crash":
        await recoverFromTwo();
        return world.crasher.arm(next);
      case "fault":
        return world.chat.failNext([next.fault]);
      case "down":
        return world.chat.failAll(next.fault);
      default:
        return next satisfies never;
    }
  };

  for (const one of sessions) world.chat.openConversation(conversationOf[one], [{ externalId: userOf(one) }]);
  for (const next of happenings) await take(next);
  world.crasher.arm(undefined);
  world.chat.failAll(undefined);
  world.delayAlarms(0);
  // What is owed comes by itself: a message at the end would wake a session that has lost its alarm.
  await world.advance(60 * minute);
  for (const one of sessions) if (!(await stateOf(world, one))?.link) await write(one, 0);
  await world.advance(60 * minute);
  return { accepted, batches: sent };
}

describe("any interleaving, duplication, crash and fault", () => {
  it("leads to the same notes: each action once, in its own conversation, in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 60, size: "max" }), async (happenings) => {
        const world = createWorld({ pre_link_window_s: 3_600 }, { lagMs: 4 * second });
        const { accepted, batches } = await play(world, happenings);
        for (const sessionId of sessions) {
          expect(world.lines(conversationOf[sessionId])).toEqual(accepted[sessionId]);

          const { appended = 0, postedThrough = 0, note = null } = (await stateOf(world, sessionId)) ?? {};
          const rows = { after: 0, through: appended, newestFirst: false };
          const log = await collect(world.store.activity(actorOf(sessionId), rows));
          const own = batches.filter((batch) => batch.actor.kind === "session" && batch.actor.sessionId === sessionId);
          expect(log.map(({ id }) => id)).toEqual(own.map(({ message }) => message.id));
          expect({ postedThrough, note }).toEqual({ postedThrough: appended, note: null });
        }
        expect(world.deadLetters.letters()).toEqual([]);
        expect(world.unsettled()).toEqual([]);
        expect(world.alarms.pending()).toEqual([]);
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});
