import { strip } from "../text/strip.ts";

/** Whose actions a context may hold, and where an offer would go. */
export type SessionScope = {
  readonly productId: string;
  readonly sessionId: string;
  /** Empty while the session has no conversation. */
  readonly conversationId: string;
};

/**
 * A scope that names its product and its session: without either, a context could mix what belongs to several users.
 *
 * @throws RangeError naming what is missing.
 */
export function sessionScope(
  scope: SessionScope,
  { requireConversation = false }: { readonly requireConversation?: boolean } = {},
): SessionScope {
  if (!isNamed(scope.productId)) throw new RangeError("a context needs a product id");
  if (!isNamed(scope.sessionId)) throw new RangeError("a context needs a session id");
  if (requireConversation && !isNamed(scope.conversationId)) throw new RangeError("a context needs a conversation id");
  return scope;
}

/** Whether an id says anything: blank says nothing. */
export function isNamed(id: string): boolean {
  return strip(id) !== "";
}
