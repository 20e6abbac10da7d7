import type { Problem } from "../domain/activity/problem.ts";
import { readAs } from "../domain/activity/read-as.ts";
import type { SessionActor } from "../domain/actor/actor.ts";
import { afterSilence } from "../domain/proactive/context.ts";
import { suggestedLabels } from "../domain/proactive/labels.ts";
import { type LabelsRequest, labelsRequestSchema } from "../domain/proactive/labels-request.ts";
import { sessionContext } from "../domain/proactive/session-context.ts";
import type { TriggerContext } from "../domain/proactive/trigger.ts";
import { loadSession } from "./load-session.ts";
import { type OperatorPorts, operatedProduct } from "./operated-product.ts";
import { parseJson } from "./parse-json.ts";
import type { ActorStore, Clock, Product } from "./ports.ts";
import { readRecentRows } from "./recent-rows.ts";

const LARGEST_BODY_BYTES = 8_192;

export type SuggestLabelsPorts = OperatorPorts & { readonly store: ActorStore; readonly clock: Clock };

type LabelsPost = {
  readonly productId: string;
  readonly authorization: string | undefined;
  readonly body: Uint8Array;
};

export type LabelsAnswer =
  /** At most three; none where the product has no chips. */
  | { readonly kind: "labels"; readonly labels: readonly string[] }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
  /** No such product, or not its key: the sender is not told which. */
  | { readonly kind: "unauthorized" }
  | { readonly kind: "too-large" };

/**
 * Suggests labels for chips to a chatbot of the product: of what is configured, by what the session did of late. It
 * reads this session of this product and changes nothing.
 *
 * @throws what {@link operatedProduct}, {@link loadSession} and {@link ActorStore.activity} throw.
 */
export async function suggestLabels(ports: SuggestLabelsPorts, { body, ...sender }: LabelsPost): Promise<LabelsAnswer> {
  const product = await operatedProduct(ports, sender);
  if (!product) return { kind: "unauthorized" };
  if (body.byteLength > LARGEST_BODY_BYTES) return { kind: "too-large" };
  const json = parseJson(body);
  if ("reason" in json) return { kind: "invalid", problems: [{ path: "body", ...json }] };
  const read = readAs(labelsRequestSchema, json.value);
  if (!read.ok) return { kind: "invalid", problems: read.problems };
  const context = await contextNow(ports, product, read.value);
  return { kind: "labels", labels: suggestedLabels(product.productId, product.configuration.proactive, context) };
}

/** Null for a session that is unknown, or that belongs to another conversation: what it did is not for this one. */
async function contextNow(
  ports: SuggestLabelsPorts,
  { productId, configuration }: Product,
  { session_id: sessionId, conversation_id: asked, action_count: counted }: LabelsRequest,
): Promise<TriggerContext | null> {
  const actor: SessionActor = { kind: "session", productId, sessionId };
  const { state, loadedAt: now } = await loadSession(ports, actor);
  const linked = state.link?.conversationId;
  const conversationId = asked || linked || "";
  if (state.appended === 0 || (linked !== undefined && linked !== conversationId)) return null;
  const rows = await readRecentRows(ports.store, actor, state, []);
  const actionCount = Math.max(state.actionCount, counted ?? 0);
  const scope = { productId, sessionId, conversationId };
  const context = sessionContext(scope, rows, { ...state, actionCount }, configuration.proactive);
  return afterSilence(context, Math.max(now, state.lastAcceptedAt));
}
