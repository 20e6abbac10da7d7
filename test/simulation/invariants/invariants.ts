import { accounted } from "./accounted.ts";
import { budget } from "./budget.ts";
import { heard } from "./heard.ts";
import { idleExpiry } from "./idle-expiry.ts";
import type { Invariant } from "./invariant.ts";
import { legalTransitions } from "./legal-transitions.ts";
import { linked } from "./linked.ts";
import { manners } from "./manners.ts";
import { offerPace } from "./offer-pace.ts";
import { offersKnown } from "./offers-known.ts";
import { offersOnce } from "./offers-once.ts";
import { once } from "./once.ts";
import { order } from "./order.ts";
import { ownConversation } from "./own-conversation.ts";
import { prompt } from "./prompt.ts";
import { quarantine } from "./quarantine.ts";
import { settled } from "./settled.ts";
import { soundness } from "./soundness.ts";
import { teardown } from "./teardown.ts";

/** What holds in every play, whatever goes wrong in it. */
export const invariants: readonly Invariant[] = [
  once,
  ownConversation,
  order,
  accounted,
  legalTransitions,
  linked,
  settled,
  quarantine,
  soundness,
  prompt,
  budget,
  manners,
  offersOnce,
  offersKnown,
  offerPace,
  heard,
  idleExpiry,
  teardown,
];
