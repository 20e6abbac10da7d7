import type { Chance } from "../chance.ts";
import type { ActionOf, BatchOf, Happening } from "../scenario.ts";
import type { Trouble } from "./faults.ts";
import type { People, Visitor } from "./people.ts";

/** What the visitors do, and what their senders, pages, chat platform and operators make of it. */
export function generateHappenings(
  chance: Chance,
  people: readonly People[],
  lengthMs: number,
  trouble: Trouble,
): readonly Happening[] {
  let named = 0;
  const at = () => chance.between(0, lengthMs);
  const again = (): readonly number[] =>
    chance.maybe(0.12) ? [chance.pick([10, 2_000, 60_000, 301_000, 1_200_000])] : [];

  const actionsOf = ({ sessionId, clockMs }: Visitor, count: number, atMs: number): readonly ActionOf[] => {
    const size = count <= 200 && chance.maybe(0.03) ? 3_000 : 0;
    return Array.from({ length: count }, (_, index) => {
      named += 1;
      const spread = chance.maybe(0.2) ? chance.between(-30_000, 0) : -1_000 + index;
      return {
        text: `${sessionId} does ${named}${size ? ` ${"x".repeat(size)}` : ""}`,
        offsetMs: chance.maybe(0.05) ? null : clockMs + spread - (chance.maybe(0.03) ? Math.min(atMs, 150_000) : 0),
      };
    });
  };
  const batchOf = (visitor: Visitor, count: number, atMs: number): BatchOf => ({
    sessionId: visitor.sessionId,
    ...(visitor.anonymousAtFirst && atMs < lengthMs / 2
      ? {}
      : { ...(visitor.userId ? { userId: visitor.userId } : {}), ...(visitor.email ? { email: visitor.email } : {}) }),
    ...(visitor.by === "batch" && visitor.conversationId && chance.maybe(0.5)
      ? { conversationId: visitor.conversationId }
      : {}),
    actions: actionsOf(visitor, count, atMs),
  });

  const bodies = ({ productId, visitors }: People): readonly Happening[] =>
    Array.from({ length: chance.between(2, 12) }, (): readonly Happening[] => {
      const visitor = chance.pick(visitors);
      const atMs = at();
      const body = (later: number, batches: readonly BatchOf[]): Happening => {
        return { type: "body", atMs: atMs + later, productId, batches, againMs: again() };
      };
      switch (chance.pick(["one", "one", "one", "one", "several", "empty", "big", "burst", "twins"] as const)) {
        case "one":
          return [body(0, [batchOf(visitor, chance.between(1, 5), atMs)])];
        case "several":
          return [
            body(
              0,
              Array.from({ length: chance.between(2, 14) }, () => batchOf(chance.pick(visitors), 2, atMs)),
            ),
          ];
        case "empty":
          return [body(0, [batchOf(visitor, 0, atMs)])];
        case "big":
          return [body(0, [batchOf(visitor, chance.between(101, 350), atMs)])];
        case "burst":
          return Array.from({ length: chance.between(5, 40) }, (_, n) => body(n * 100, [batchOf(visitor, 1, atMs)]));
        case "twins":
          // Two notes may say the very same, to the second.
          return [0, chance.between(300, 20_000)].map((later) =>
            body(later, [
              {
                ...batchOf(visitor, 0, atMs),
                actions: [{ text: `${visitor.sessionId} reloads`, offsetMs: 0 - later }],
              },
            ]),
          );
        default:
          return [];
      }
    }).flat();

  const links = ({ productId, visitors, conversations }: People): readonly Happening[] =>
    visitors.flatMap((visitor): readonly Happening[] => {
      const { sessionId, conversationId = "" } = visitor;
      const write = (): Happening => ({
        type: "write",
        atMs: at(),
        productId,
        conversationId,
        agoMs: chance.pick([0, 0, 1_000, 60_000]),
        againMs: again(),
      });
      const claim = (id: string): Happening => ({
        type: "claim",
        atMs: at(),
        productId,
        sessionId,
        conversationId: id,
        userId: visitor.userId ?? `visitor of ${sessionId}`,
      });
      const foreign = chance.maybe(0.15) ? [claim(chance.pick(conversations).conversationId)] : [];
      const closed: readonly Happening[] = chance.maybe(0.04)
        ? [{ type: "close", atMs: at(), productId, conversationId }]
        : [];
      const stray: readonly Happening[] = chance.maybe(0.3) ? [{ type: "wake", atMs: at(), productId, sessionId }] : [];
      const own = visitor.by === "page" ? [claim(conversationId)] : [];
      const writes = Array.from({ length: chance.between(visitor.by === "webhook" ? 1 : 0, 2) }, write);
      return [...own, ...writes, ...foreign, ...closed, ...stray];
    });

  const redrives: readonly Happening[] =
    trouble !== "none" && chance.maybe(0.2) ? [{ type: "redrive", atMs: at() }] : [];
  return [...people.flatMap((one) => [...bodies(one), ...links(one)]), ...redrives].sort((a, b) => a.atMs - b.atMs);
}
