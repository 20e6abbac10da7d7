import { agentDueAt } from "../../../lambdas/domain/session/agent-state.ts";
import type { Change } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import type { Invariant } from "./invariant.ts";
import { modeOf } from "./manners.ts";

/** A schedule is set ten seconds ahead at least, rings up to a minute late, and then the turn begins. */
const SCHEDULER_LATE_MS = 72_000;
/** Turns with requests that may take long, and the calls of a teardown among them. */
const TURNS_MS = 15_000;

/** Where nothing goes wrong, help ends when its user has been silent for long enough: not before, and soon after. */
export const idleExpiry: Invariant = {
  name: "help ends in time",
  watch: (cloud) => ({ change: (change) => (isUntroubled(cloud) ? mistimed(cloud, change) : []) }),
};

const isUntroubled = ({ scenario }: Cloud): boolean =>
  scenario.faults.length === 0 &&
  scenario.deployment.clockSkewMs <= 50 &&
  scenario.happenings.every(({ type }) => type !== "close" && type !== "redrive");

function mistimed({ products, scenario }: Cloud, { session, before, after, at }: Change): readonly string[] {
  if (!before?.manners || modeOf(before) === "thinking" || modeOf(after) !== "thinking") return [];
  const [productId = ""] = session.split("/");
  const configuration = products.get(productId)?.configuration;
  if (!configuration) return [];
  const lateMs = at - agentDueAt(before.manners.agent, configuration.proactive.tourTimings);
  const mayBeLateMs = TURNS_MS + (configuration.lane === "scheduler" ? SCHEDULER_LATE_MS : 0);
  if (lateMs < -2 * scenario.deployment.clockSkewMs) return [`${session} stopped assisting ${-lateMs} ms too early`];
  return lateMs > mayBeLateMs ? [`${session} stopped assisting ${lateMs} ms too late`] : [];
}
