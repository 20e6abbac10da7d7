import { accounted } from "./accounted.ts";
import { answersHeld } from "./answers-held.ts";
import { answersOnce } from "./answers-once.ts";
import { budget } from "./budget.ts";
import { context } from "./context.ts";
import { feedHeard } from "./feed-heard.ts";
import { forgotten } from "./forgotten.ts";
import { heard } from "./heard.ts";
import { idleExpiry } from "./idle-expiry.ts";
import type { Invariant } from "./invariant.ts";
import { jobsDone } from "./jobs-done.ts";
import { legalTransitions } from "./legal-transitions.ts";
import { linked } from "./linked.ts";
import { manners } from "./manners.ts";
import { offerPace } from "./offer-pace.ts";
import { offersKnown } from "./offers-known.ts";
import { offersOnce } from "./offers-once.ts";
import { once } from "./once.ts";
import { order } from "./order.ts";
import { ownConversation } from "./own-conversation.ts";
import { pagesHear } from "./pages-hear.ts";
import { prompt } from "./prompt.ts";
import { promptsOwn } from "./prompts-own.ts";
import { pushed } from "./pushed.ts";
import { quarantine } from "./quarantine.ts";
import { redactionsConfirmed } from "./redactions-confirmed.ts";
import { redactionsDone } from "./redactions-done.ts";
import { settled } from "./settled.ts";
import { soundness } from "./soundness.ts";
import { summariesDue } from "./summaries-due.ts";
import { summariesOnce } from "./summaries-once.ts";
import { teardown } from "./teardown.ts";
import { watermark } from "./watermark.ts";

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
  context,
  redactionsConfirmed,
  redactionsDone,
  summariesOnce,
  summariesDue,
  forgotten,
  promptsOwn,
  answersOnce,
  answersHeld,
  watermark,
  jobsDone,
  pagesHear,
  feedHeard,
  pushed,
];
