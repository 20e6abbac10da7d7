import { stop as stopBundler } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assembly } from "../../bench/assembly.ts";
import { COUNTED, type Counted, countUnlinked } from "../../bench/count-batches.ts";
import { type CountedOffers, countedProduct, countOffers } from "../../bench/offers/count-offers.ts";
import { MOST_READS, MOST_REQUESTS_MORE, readsOf } from "../../bench/parts/offers.ts";
import { MOST_REQUESTS, MOST_WRITE_UNITS } from "../../bench/parts/requests.ts";
import { total } from "../../bench/request-counts.ts";
import { startSystem } from "../../bench/system.ts";

/** Past the 32 ids that an item remembers, where a duplicate would be looked for in the log. */
const places = [10, 50];

const owner = new DisposableStack();
const stack = assembly(owner, () => undefined);

afterAll(async () => {
  owner.dispose();
  await stopBundler();
});

describe("an action batch that posts nothing", () => {
  let counted: readonly Counted[] = [];

  beforeAll(async () => {
    await using system = await startSystem(stack());
    counted = await countUnlinked(system, places);
  });

  it.each(places)("costs no more AWS requests than it may as batch %d of its session", (place) => {
    const requests = counted.find(({ at }) => at === place)?.cost.requests ?? {};
    expect(total(requests)).toBeGreaterThan(0);
    expect(total(requests), JSON.stringify(requests)).toBeLessThanOrEqual(MOST_REQUESTS);
  });

  it.each(places)("costs no more DynamoDB write units than it may as batch %d of its session", (place) => {
    const units = counted.find(({ at }) => at === place)?.cost.writeUnits ?? 0;
    expect(units).toBeGreaterThan(0);
    expect(units).toBeLessThanOrEqual(MOST_WRITE_UNITS);
  });

  it("costs one log write, one item write and one item read, and a share of one message", () => {
    const eachPlace = counted.map(({ cost }) => cost.requests);
    const expected = {
      "sqs SendMessageBatch": 1,
      "sqs ReceiveMessage": 1,
      "dynamodb GetItem": 1,
      "dynamodb PutItem": 2,
      "sqs DeleteMessageBatch": 1,
    };
    expect(eachPlace).toEqual(places.map(() => expected));
  });

  it("stands in the log with all those before it, in order", () => {
    expect(counted.map(({ rows }) => rows)).toEqual(places.map((place) => place + COUNTED - 1));
  });
});

describe("an action batch of a product that offers help", () => {
  let counted: CountedOffers;

  beforeAll(async () => {
    await using system = await startSystem(stack(), countedProduct);
    counted = await countOffers(system);
  });

  it.each(["unlinked", "answering", "assisting"] as const)(
    "reads no more than the item, and costs no more than any other, while its session can be offered nothing: %s",
    (state) => {
      expect(readsOf(counted[state])).toBe(MOST_READS);
      expect(total(counted[state].requests), JSON.stringify(counted[state].requests)).toBeLessThanOrEqual(
        MOST_REQUESTS,
      );
    },
  );

  it("costs one query and one event more while its session may be offered something", () => {
    const { thinking, assisting } = counted;
    expect(thinking.requests).toEqual({ ...assisting.requests, "dynamodb Query": 1, "events PutEvents": 1 });
    expect(total(thinking.requests)).toBeLessThanOrEqual(MOST_REQUESTS + MOST_REQUESTS_MORE);
  });
});
