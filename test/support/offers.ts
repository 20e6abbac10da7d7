import type { SessionState } from "../../lambdas/domain/session/state.ts";
import { createWorld, type World } from "./world.ts";

const second = 1_000;

const chips = [
  { id: "export", label: "How do I export?", user_tour_exists: true, user_tour_id: "tour-export" },
  { id: "talk", label: "Something else" },
];

export const entryWith = (criteria: object) => ({
  id: "undecided",
  name: "Undecided",
  proactive_criteria: { id: "c", name: "c", ...criteria },
  messages: chips,
});

export const pingPong = entryWith({ type: "canonical_url_ping_pong" });

export const productWithOffers = (entry: object = pingPong, more: object = {}) => ({
  integration_config: { proactive_intercom: [entry] },
  proactive: { cooldown_period_s: 30, ...more },
});

const session = { kind: "session", productId: "acme", sessionId: "s1" } as const;
export const stateOf = async (world: World) =>
  (await world.store.load(session, world.clock.now())).state as SessionState | undefined;
export const agentOf = async (world: World) => (await stateOf(world))?.manners?.agent.mode;
export const eventTypes = (world: World) => world.events.published().map(({ type }) => type);
export const detailOf = (world: World, type: string) =>
  world.events.published().find((event) => event.type === type)?.detail;

/** The user has a conversation, was answered there, and has been quiet until the agent thinks again, without cooldown. */
export async function thinkingWorld(document: Record<string, unknown>): Promise<World> {
  const world = createWorld(document);
  await world.act("s1", ["signed in"]);
  await world.write("c1", { text: "Hello" });
  await world.advance(60 * second);
  if ((await agentOf(world)) !== "thinking") throw new Error("the agent should be thinking");
  return world;
}

/** Goes from one page to another and back. */
export async function hesitate(world: World): Promise<void> {
  await world.act("s1", ["plans", "billing", "plans again"], { pages: ["/plans", "/billing", "/plans"] });
  await world.advance(5);
}

export const tap = (world: World, text: string, optionUuid?: string) =>
  world.write("c1", { id: `tap-${text}-${world.clock.now()}`, text, ...(optionUuid && { optionUuid }) });
