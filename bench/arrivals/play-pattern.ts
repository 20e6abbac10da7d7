import { balance, notedDescriptions } from "../../local/demo/ledger.ts";
import { createVirtualSession } from "./virtual-session.ts";

/** Actions of a linked session, each in a batch of its own. */
export type Pattern = {
  readonly actions: number;
  readonly everyMs: number;
  /** How long the platform takes to answer. */
  readonly answerMs: number;
  /** Every n-th call fails; 0 for none. */
  readonly failedCall: number;
};

export type Played = Pattern & {
  readonly calls: number;
  readonly lost: number;
  readonly doubled: number;
  /** From an action's acceptance to the answer that its note stands there; of those that stand there. */
  readonly longestWaitMs: number;
};

export async function playPattern(pattern: Pattern): Promise<Played> {
  const session = await createVirtualSession(pattern);
  const actedAt = new Map<string, number>();
  for (let n = 1; n <= pattern.actions; n += 1) {
    const description = `action ${n}`;
    actedAt.set(description, session.now());
    await session.act(description);
    await session.advance(pattern.everyMs);
  }
  await session.advance();
  const waits = session.notes.flatMap(({ text, createdAt }) =>
    notedDescriptions(text).map((description) => createdAt - (actedAt.get(description) ?? 0)),
  );
  const { lost, doubled } = balance(
    [...actedAt.keys()],
    session.notes.map(({ text }) => text),
  );
  return {
    ...pattern,
    calls: session.calls(),
    lost: lost.length,
    doubled: doubled.length,
    longestWaitMs: Math.max(0, ...waits),
  };
}
