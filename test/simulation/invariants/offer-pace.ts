import { hash } from "../../../lambdas/domain/actor/hash.ts";
import type { ProductConfiguration } from "../../../lambdas/domain/product/configuration.ts";
import type { Cloud } from "../world/cloud.ts";
import type { OfferSent } from "../world/offer-log.ts";
import type { Invariant } from "./invariant.ts";
import { modeOf } from "./manners.ts";

/** Of help that stands on the platform: how soon after one another, and how often. */
export const offerPace: Invariant = {
  name: "help is not offered too soon or too often",
  watch: (cloud) => ({
    during: () => {
      const standing = cloud.offers.sent.filter(({ attempt, stood }) => attempt.kind === "help" && stood.length > 0);
      return [...tooSoon(cloud, standing), ...tooOften(cloud, standing)];
    },
  }),
};

/** A session that was forgotten does not know when it last offered something. */
const begunAt = ({ history }: Cloud, session: string): number =>
  history.changes.findLast((change) => change.session === session && !change.before)?.at ?? 0;

function tooSoon(cloud: Cloud, standing: readonly OfferSent[]): readonly string[] {
  const bySession = Map.groupBy(standing, ({ session }) => session);
  return [...bySession].flatMap(([session, sent]) => {
    const [before, last] = sent.slice(-2);
    const proactive = last && cloud.products.get(last.productId)?.configuration.proactive;
    const stoodAt = before?.stood[0]?.at;
    if (!before || !last || !proactive || stoodAt === undefined || stoodAt < begunAt(cloud, session)) return [];
    const leastMs = Math.max(proactive.minIntervalMs, wasTaken(cloud, before) ? pauseMs(before, proactive) : 0);
    const afterMs = last.calledAt - stoodAt + 2 * cloud.scenario.deployment.clockSkewMs;
    return afterMs < leastMs ? [`${session} offers help again after ${afterMs} ms, and not ${leastMs}`] : [];
  });
}

/** Whether the agent has assisted because of it, and not because the user wrote before it was there. */
function wasTaken({ history }: Cloud, { session, attempt }: OfferSent): boolean {
  return history.changes.some(
    (change) =>
      change.session === session &&
      change.before?.manners?.offer?.attempt.id === attempt.id &&
      modeOf(change.before) === "thinking" &&
      modeOf(change.after) === "proactive_assistance",
  );
}

/** Help lasts for a timeout, and a cooldown follows; a tour may have shorter ones. */
function pauseMs({ attempt }: OfferSent, { timings, tours }: ProductConfiguration["proactive"]): number {
  const all = [attempt.timings, timings, ...tours.map((tour) => ({ ...timings, ...tour.timings }))];
  return (
    Math.min(...all.map(({ interactionTimeoutMs }) => interactionTimeoutMs)) +
    Math.min(...all.map(({ cooldownMs }) => cooldownMs))
  );
}

const lengthMs = { productPerMinute: 60_000, sessionPerHour: 3_600_000, userPerDay: 86_400_000 } as const;

/** A place is taken between the firing and the call: only where both are in one window is it known which. */
function tooOften({ products, scenario }: Cloud, standing: readonly OfferSent[]): readonly string[] {
  const { clockSkewMs } = scenario.deployment;
  const counts = new Map<string, number>();
  return standing.flatMap(({ productId, session, state, attempt, calledAt }) => {
    const limits = products.get(productId)?.configuration.proactive.limits;
    const { by, value } = state.person?.identity ?? {};
    const subjects = {
      productPerMinute: "",
      sessionPerHour: session,
      userPerDay: by && value ? hash(by, value) : null,
    };
    return (Object.keys(lengthMs) as (keyof typeof lengthMs)[]).flatMap((name) => {
      const window = Math.floor((attempt.firedAt - clockSkewMs) / lengthMs[name]);
      const isOne = window === Math.floor((calledAt + clockSkewMs) / lengthMs[name]);
      const limit = limits?.[name] ?? Number.POSITIVE_INFINITY;
      if (!isOne || subjects[name] === null) return [];
      const key = JSON.stringify([productId, name, subjects[name], window]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return (counts.get(key) ?? 0) > limit ? [`more than ${limit} offers ${name} of ${session}`] : [];
    });
  });
}
