import { stop as stopBundler } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assembly } from "../../bench/assembly.ts";
import { COUNTED, type Counted, countUnlinked } from "../../bench/count-batches.ts";
import { MOST_REQUESTS, MOST_WRITE_UNITS } from "../../bench/parts/requests.ts";
import { total } from "../../bench/request-counts.ts";
import { startSystem } from "../../bench/system.ts";

/** Past the 32 ids that an item remembers, where a duplicate would be looked for in the log. */
const places = [10, 50];

describe("an action batch that posts nothing", () => {
  const owner = new DisposableStack();
  let counted: readonly Counted[] = [];

  beforeAll(async () => {
    await using system = await startSystem(assembly(owner, () => undefined)());
    counted = await countUnlinked(system, places);
  });
  afterAll(async () => {
    owner.dispose();
    await stopBundler();
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
