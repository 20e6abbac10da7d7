import { type Played, play } from "./play.ts";
import type { Happening, Scenario } from "./scenario.ts";

/** A smaller scenario may need other latencies to go wrong: so many are tried. */
const LUCKS = 4;
const MOST_PLAYS = 600;

/** The smallest scenario found in which the same invariant breaks. */
export async function shrink(scenario: Scenario, invariant: string): Promise<Scenario> {
  let plays = 0;
  const breaks = async (candidate: Scenario): Promise<Scenario | undefined> => {
    for (let more = 0; more < LUCKS && plays < MOST_PLAYS + LUCKS; more += 1) {
      const lucky = { ...candidate, luck: scenario.luck + more * 1_000_003 };
      plays += 1;
      const { broken } = await play(lucky).catch((): Pick<Played, "broken"> => ({ broken: undefined }));
      if (broken?.invariant === invariant) return lucky;
    }
    return undefined;
  };
  /** Leaves out halves, quarters, and so on, as long as it goes on breaking (delta debugging). */
  const thin = async <Item>(
    smallest: Scenario,
    items: (of: Scenario) => readonly Item[],
    having: (of: Scenario, kept: readonly Item[]) => Scenario,
  ): Promise<Scenario> => {
    let current = smallest;
    for (let size = Math.ceil(items(current).length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < items(current).length; ) {
        const kept = items(current).filter((_, index) => index < from || index >= from + size);
        const found = await breaks(having(current, kept));
        if (found) current = found;
        else from += size;
      }
    }
    return current;
  };

  let smallest = scenario;
  for (let size = Number.POSITIVE_INFINITY; plays < MOST_PLAYS; ) {
    smallest = await thin(
      smallest,
      ({ faults }) => faults,
      (of, faults) => ({ ...of, faults }),
    );
    smallest = await thin(
      smallest,
      ({ happenings }) => happenings,
      (of, happenings) => ({ ...of, happenings }),
    );
    for (const [index, happening] of smallest.happenings.entries()) {
      for (const simpler of simplerThan(happening)) {
        const found = await breaks({ ...smallest, happenings: smallest.happenings.with(index, simpler) });
        if (!found) continue;
        smallest = found;
        break;
      }
    }
    const left = JSON.stringify(smallest).length;
    if (left >= size) break;
    size = left;
  }
  return (await breaks(withoutStrangers(smallest))) ?? smallest;
}

/** Simpler forms of a happening, the simplest first. */
function simplerThan(happening: Happening): readonly Happening[] {
  if (happening.type === "page" || happening.type === "operator") {
    const { visits } = happening;
    const fewer = visits.length > 1 ? [visits.slice(1), visits.slice(0, -1)] : [];
    return fewer.map((kept) => ({ ...happening, visits: kept }));
  }
  if (happening.type !== "body") {
    return "againMs" in happening && happening.againMs.length > 0 ? [{ ...happening, againMs: [] }] : [];
  }
  const { batches, againMs } = happening;
  const ones = batches.map((batch) => ({ ...batch, actions: batch.actions.slice(0, 1) }));
  return [
    ...ones.map((batch) => ({ ...happening, batches: [batch], againMs: [] })),
    ...ones.map((batch) => ({ ...happening, batches: [batch] })),
    ...batches.map((batch) => ({ ...happening, batches: [batch] })),
    { ...happening, batches: ones },
    ...(againMs.length > 0 ? [{ ...happening, againMs: [] }] : []),
  ].filter((simpler) => JSON.stringify(simpler).length < JSON.stringify(happening).length);
}

/** Nothing happens in other products and conversations: that changes nothing but how long the printout is. */
function withoutStrangers(scenario: Scenario): Scenario {
  const named = JSON.stringify(scenario.happenings);
  const products = scenario.products.filter(({ productId }) => named.includes(`"${productId}"`));
  if (products.length === 0) return scenario;
  const conversations = scenario.conversations.filter(
    (one) => named.includes(`"${one.conversationId}"`) && products.some(({ productId }) => productId === one.productId),
  );
  return { ...scenario, products, conversations };
}
