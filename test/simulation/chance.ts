import { seededRandom } from "../../local/fake-intercom/random.ts";

/** A seeded source of choices. */
export type Chance = {
  /** In [0, 1). */
  unit(): number;
  /** True so often. */
  maybe(probability: number): boolean;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<Item>(items: readonly Item[]): Item;
};

/** @param name of the stream: streams of one seed do not disturb each other when one of them is asked more often. */
export function createChance(seed: number, name = ""): Chance {
  let mixed = seed >>> 0;
  for (const character of name) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01_00_01_93) >>> 0;
  const unit = seededRandom(mixed);
  const between = (least: number, most: number): number => least + Math.floor(unit() * (most - least + 1));
  return {
    unit,
    maybe: (probability) => unit() < probability,
    between,
    pick: (items) => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new RangeError("there is nothing to pick from");
      return item;
    },
  };
}
