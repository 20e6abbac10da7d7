import * as z from "zod";
import type { AgentState } from "./agent-state.ts";

const anytime = {
  lastInteractionAt: z.number(),
  tapped: z.boolean().default(false),
  guidance: z.object({ tourId: z.string().nullable() }).nullable().default(null),
  cooldown: z.object({ startedAt: z.number(), periodMs: z.number() }).nullable().default(null),
};
const timings = z.object({ interactionTimeoutMs: z.number(), cooldownMs: z.number() });

const agentSchema: z.ZodType<AgentState> = z.discriminatedUnion("mode", [
  z.object({ ...anytime, mode: z.literal("thinking") }),
  z.object({ ...anytime, mode: z.literal("proactive_assistance"), triggerId: z.string(), timings }),
  z.object({ ...anytime, mode: z.literal("reactive_assistance"), timings }),
]);

/**
 * Reads the agent's part of a stored session. What an older item does not have yet is as in a fresh agent.
 *
 * @throws z.ZodError when it is in a mode that this version does not know: whoever acts on it would break its manners
 */
export function restoreAgent(stored: unknown): AgentState {
  return agentSchema.parse(stored);
}
