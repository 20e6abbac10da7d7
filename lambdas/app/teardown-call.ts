import type { SessionActor } from "../domain/actor/actor.ts";
import { settleTeardown, type TeardownOutcome } from "../domain/session/idle.ts";
import type { TeardownSlot } from "../domain/session/manners.ts";
import { outcomeOf } from "./outcome-of.ts";
import type { Product } from "./ports.ts";
import type { Call, TurnPorts } from "./turn-ports.ts";

/** Takes the conversation of an ignored offer away, if it is ours alone or the product wants it so. May be made again. */
export function tearDown(ports: TurnPorts, actor: SessionActor, product: Product, slot: TeardownSlot): Call {
  const { productId, sessionId } = actor;
  const { configuration } = product;
  const { conversationId } = slot;
  const isOurs = async (): Promise<boolean> => {
    const { openedByUs, personWrote } = await ports.platform.readOrigin(product, conversationId);
    return openedByUs && !personWrote;
  };
  const take = async (): Promise<TeardownOutcome> => {
    if (configuration.proactive.idleTeardown !== "always" && !(await isOurs())) return { kind: "kept" };
    await ports.platform.deleteConversation(product, conversationId);
    return { kind: "settled" };
  };
  return {
    slot: "teardown",
    make: async () => {
      const outcome = await take().catch((error) => outcomeOf(error, ports, productId, configuration));
      const moment = { now: ports.clock.now(), unit: ports.random.unit() };
      return (state) => ({
        ...settleTeardown({ productId, sessionId }, state, slot, outcome, configuration, moment),
        notes: [],
      });
    },
  };
}
