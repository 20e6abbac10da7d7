import type { Chip } from "./chips.ts";
import { contextWindow } from "./context.ts";
import { evaluateFirst } from "./evaluate.ts";
import { firedBySilence, type Offering } from "./offering.ts";
import { replyOptions } from "./reply-options.ts";
import type { TriggerContext } from "./trigger.ts";

/**
 * Up to three labels for chips that suit a session: those of the first offering that its recent activity, or its silence,
 * calls for now; else the first that are configured. Nothing is offered by this, so neither manners nor limits matter.
 *
 * @param context what the session did, with the clock of now; null when nothing is known of it.
 */
export function suggestedLabels(
  productId: string,
  { offerings, chips }: { readonly offerings: readonly Offering[]; readonly chips: readonly Chip[] },
  context: TriggerContext | null,
): readonly string[] {
  const fired = context && firedNow(offerings, context);
  return replyOptions(productId, fired?.chips ?? chips).map(({ text }) => text);
}

/** Actions count while they are recent; after that only what silence calls for. */
function firedNow(offerings: readonly Offering[], context: TriggerContext) {
  const { lastActionAt, now } = context;
  const isRecent = lastActionAt !== null && now - lastActionAt <= contextWindow.lookbackMs;
  return isRecent ? evaluateFirst(offerings, context) : firedBySilence(offerings, context);
}
