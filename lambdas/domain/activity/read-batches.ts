import { type ActionsPayload, parseActionsPayload } from "./actions-payload.ts";
import { batchSchema } from "./batch-schema.ts";
import { actionBytes, LARGEST_ACTION_BYTES } from "./cut-actions.ts";
import { type Problem, problemAt } from "./problem.ts";
import type { UserProperties } from "./user-properties.ts";

/** What a sender may put into one body. The number of actions bounds what the smallest of them unfold to. */
const MOST_BATCHES = 100;
const MOST_ACTIONS_A_REQUEST = 10_000;

/** Enough to mend a sender by. */
const MOST_PROBLEMS = 20;

/** A batch that the edge took: its session is known. */
export type AcceptedPayload = ActionsPayload & {
  readonly session_id: string;
  readonly user_properties?: UserProperties | undefined;
};

export type ReadBatches =
  | { readonly ok: true; readonly payloads: readonly AcceptedPayload[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks a body, one batch or a list of up to 100, and fills in the defaults. It takes all or nothing.
 *
 * @param body what the bytes say as JSON.
 */
export function readBatches(productId: string, body: unknown): ReadBatches {
  const entries: readonly unknown[] = Array.isArray(body) ? body : [body];
  const tooMuch = countProblem(entries);
  if (tooMuch) return { ok: false, problems: [tooMuch] };

  const payloads: AcceptedPayload[] = [];
  const problems: Problem[] = [];
  for (const [at, entry] of entries.entries()) {
    const read = readBatch(productId, entry, Array.isArray(body) ? [at] : []);
    if (read.ok) payloads.push(...read.payloads);
    else problems.push(...read.problems);
    if (problems.length >= MOST_PROBLEMS) break;
  }
  return problems.length > 0 ? { ok: false, problems: problems.slice(0, MOST_PROBLEMS) } : { ok: true, payloads };
}

/** Looked at before anything else: no body may make the edge note a problem for each of its bytes. */
function countProblem(entries: readonly unknown[]): Problem | undefined {
  if (entries.length > MOST_BATCHES) return problemAt([], `must hold at most ${MOST_BATCHES} batches`);
  const actions = entries.reduce<number>((sum, entry) => sum + countActions(entry), 0);
  return actions > MOST_ACTIONS_A_REQUEST
    ? problemAt([], `must hold at most ${MOST_ACTIONS_A_REQUEST} actions`)
    : undefined;
}

function countActions(entry: unknown): number {
  const actions = typeof entry === "object" && entry !== null && "actions" in entry ? entry.actions : undefined;
  return Array.isArray(actions) ? actions.length : 0;
}

function readBatch(productId: string, entry: unknown, path: readonly number[]): ReadBatches {
  const checked = batchSchema.safeParse(entry);
  if (!checked.success) {
    return {
      ok: false,
      problems: checked.error.issues.map(({ path: at, message }) => problemAt([...path, ...at], message)),
    };
  }
  const { product_id, session_id, user_properties } = checked.data;
  const payload = { ...parseActionsPayload(checked.data), session_id, user_properties };
  const problems = payload.actions.flatMap((action, at) =>
    actionBytes(action) > LARGEST_ACTION_BYTES
      ? [problemAt([...path, "actions", at], `must be at most ${LARGEST_ACTION_BYTES} bytes as JSON`)]
      : [],
  );
  if (product_id !== productId)
    problems.unshift(problemAt([...path, "product_id"], "must be the product id of the path"));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, payloads: [payload] };
}
