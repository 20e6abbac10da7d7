import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import { OFFERED_PAGE, offering } from "../offers/offering.ts";
import { toldAfter } from "../offers/told.ts";
import type { Bench, Part, Report } from "../part.ts";
import type { Sizes } from "../sizes.ts";
import { type Summary, summarize } from "../statistics.ts";
import { type System, startSystem } from "../system.ts";
import { newVisitor } from "../visitor.ts";

type Lane = {
  readonly name: string;
  readonly lane: "precise" | "scheduler";
  /** How long an offer waits for its user, seconds. */
  readonly waitS: number;
  /** The most by which the Scheduler's stand-in is late. */
  readonly schedulerLatenessMs: number;
};

/** The product's default (docs/configuration.md). Where time is precise, less is as good. */
const DEFAULT_WAIT_S = 20;
const SHORT_WAIT_S = 2;

const lanesOf = ({ schedulerLatenessesMs }: Sizes): readonly Lane[] => [
  { name: "precise", lane: "precise", waitS: SHORT_WAIT_S, schedulerLatenessMs: 0 },
  ...schedulerLatenessesMs.map(
    (ms): Lane => ({
      name: ms === 0 ? "scheduler, on its second" : `scheduler, up to ${ms / 1_000} s late`,
      lane: "scheduler",
      waitS: DEFAULT_WAIT_S,
      schedulerLatenessMs: ms,
    }),
  ),
];

/** Offers of different sessions are made so far apart. */
const APART_MS = 200;

/** The first alarms wait for a relay to start. */
const WARM_UPS = 3;

export const expiry: Part = {
  name: "expiry",
  measures: "milliseconds by which ignored offers are over late, in both lanes",
  run: async ({ stack, sizes, progress }: Bench): Promise<Report> => {
    const late: Late[] = [];
    for (const lane of lanesOf(sizes)) {
      progress(`${sizes.ignoredOffers} ignored offers of the lane ${lane.name}`);
      const document = { ...offering({ waitS: lane.waitS }), timing: { lane: lane.lane } };
      await using system = await startSystem(stack(), document, lane);
      if (lane.lane === "precise") await ignoreOffers(system, lane, WARM_UPS);
      late.push(await ignoreOffers(system, lane, sizes.ignoredOffers));
    }
    return {
      tables: [
        {
          title: "Lateness of idle expiry, ms",
          head: ["lane", "offers", "ended p50", "p99", "max", "told p50", "p99", "max"],
          rows: late.map(({ name, ended, told }) => [
            name,
            ended.samples,
            ...[ended, told].flatMap(({ p50, p99, max }) => [p50, p99, max]),
          ]),
          notes: [
            "ended: from the offer's timeout until its session calls it ignored, by its own account (late_ms, offer.expired_late),",
            "when its conversation has been deleted; told: until the world knows, after the commit. The scheduler lane sets an",
            "alarm ten seconds ahead at least, on a whole second. Its stand-in fires on that second, or late by a share of the",
            "60 s that AWS names: each share as likely as another, which is a guess.",
          ],
        },
      ],
      budgets: [],
      figures: { late },
    };
  },
};

type Late = Lane & { readonly ended: Summary; readonly told: Summary };

async function ignoreOffers(system: System, lane: Lane, count: number): Promise<Late> {
  const each = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      await wait(n * APART_MS);
      return ignoreOffer(system, lane.waitS * 1_000);
    }),
  );
  return {
    ...lane,
    ended: summarize(each.map(({ endedMs }) => endedMs)),
    told: summarize(each.map(({ toldMs }) => toldMs)),
  };
}

const ignoredSchema = z.object({ at: z.iso.datetime(), late_ms: z.number(), after_ms: z.number() });

/** @throws Error when the session does not say how late it is, or says something else than the offer's age does. */
async function ignoreOffer(
  system: System,
  waitMs: number,
): Promise<{ readonly endedMs: number; readonly toldMs: number }> {
  const visitor = newVisitor(system);
  const batch = visitor.batch("undecided", { page: OFFERED_PAGE, conversationId: visitor.greeted() });
  const { detail, at: toldAt } = await toldAfter(system, visitor.sessionId, "offer.ignored", () => visitor.push(batch));
  const { at, late_ms: endedMs, after_ms: ageMs } = ignoredSchema.parse(detail);
  // A timeout is over when more than it has passed.
  if (ageMs - waitMs - 1 !== endedMs) throw new Error(`An offer of ${ageMs} ms is not ${endedMs} ms late`);
  return { endedMs, toldMs: toldAt - (Date.parse(at) - endedMs) };
}
