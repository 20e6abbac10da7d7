import { describe, expect, it } from "vitest";
import type { Knowledge } from "./check-case.ts";
import { checkFile, type FileReport } from "./check-file.ts";
import type { Difference } from "./difference.ts";
import { reportLines } from "./report.ts";
import type { VectorCase } from "./vector-file.ts";

const doubling = { double: { run: ({ n }: { n: number }) => n * 2 } };
const refusing = {
  refuse: {
    run: () => {
      throw new RangeError("refused");
    },
  },
  crash: {
    run: () => {
      throw new TypeError("crashed");
    },
  },
};

const vector = (one: Partial<VectorCase>): VectorCase => ({
  name: "a case",
  fn: "double",
  input: { n: 2 },
  tags: [],
  ...one,
});

const listed = (one: Partial<Difference>): Difference => ({
  area: "area",
  name: "a case",
  reason: "because",
  ours: { result: 4 },
  ...one,
});

function check(
  cases: readonly VectorCase[],
  knowledge: Partial<Knowledge> = {},
  options = { lenient: false },
): Promise<FileReport> {
  const known = {
    adapters: { ...doubling, ...refusing },
    notYetBuilt: new Set<string>(),
    outOfScope: new Map<string, string>(),
    differences: [],
    ...knowledge,
  };
  return checkFile({ area: "area", cases: [...cases] }, known, options);
}

const whyOf = ({ failures }: FileReport): readonly string[] => failures.map(({ why }) => why);

describe("a case without a listed difference", () => {
  it("passes when our result is the reference's", async () => {
    expect(await check([vector({ expected: 4 })])).toMatchObject({ passed: 1, listed: 0, failures: [] });
  });

  it("fails when it is another", async () => {
    const report = await check([vector({ expected: 5 })]);
    expect(report).toMatchObject({ passed: 0, failures: [{ name: "a case" }] });
    expect(whyOf(report)[0]).toMatch(/expected 5\s+got 4/);
  });

  it("fails when nobody knows its function", async () => {
    const report = await check([vector({ fn: "halve", expected: 1 })]);
    expect(whyOf(report)).toEqual(["no adapter knows halve"]);
  });

  it("does not take an inherited name for an adapter", async () => {
    const report = await check([vector({ fn: "toString", expected: "" })]);
    expect(whyOf(report)).toEqual(["no adapter knows toString"]);
  });

  it("is neither passed nor failed while its part is not built", async () => {
    const report = await check([vector({ fn: "halve", expected: 1 })], { notYetBuilt: new Set(["halve"]) });
    expect(report).toMatchObject({ passed: 0, failures: [], notYetBuilt: new Map([["halve", 1]]) });
  });

  it("is neither passed nor failed where we have no counterpart, and says why", async () => {
    const outOfScope = new Map([["halve", "nobody halves"]]);
    const report = await check([vector({ fn: "halve", expected: 1 })], { outOfScope });
    const expected = { passed: 0, failures: [], outOfScope: [{ fn: "halve", count: 1, why: "nobody halves" }] };
    expect(report).toMatchObject(expected);
    expect(reportLines([report], { lenient: false })).toContain("  out of scope: halve (1): nobody halves");
  });

  it("is neither passed nor failed where its adapter says that this input has no counterpart", async () => {
    const adapters = {
      double: {
        run: ({ n }: { n: number }) => n * 2,
        withoutCounterpart: ({ n }: { n: number }) => (n > 2 ? "too large" : undefined),
      },
    };
    const large = vector({ name: "large", input: { n: 3 }, expected: 7 });
    const report = await check([large, vector({ expected: 4 })], { adapters });
    const outOfScope = [{ fn: "double", count: 1, why: "too large" }];
    expect(report).toMatchObject({ passed: 1, failures: [], outOfScope });
    const difference = listed({ name: "large", ours: { result: 6 } });
    expect(whyOf(await check([large], { adapters, differences: [difference] }))).toEqual([
      "is listed as different, and is out of scope",
    ]);
  });

  it("fails when there is a counterpart and it still stands as out of scope", async () => {
    const report = await check([vector({ expected: 4 })], { outOfScope: new Map([["double", "nobody doubles"]]) });
    expect(whyOf(report)).toEqual(["double has an adapter, and is listed as out of scope"]);
  });

  it("fails when its part was built and still stands as not built", async () => {
    const report = await check([vector({ expected: 4 })], { notYetBuilt: new Set(["double"]) });
    expect(whyOf(report)[0]).toMatch(/listed as not yet built/);
  });

  it("compares no more than the contract of its function", async () => {
    const contract = ({ kept }: { kept: number }) => kept;
    const adapters = { two: { run: () => ({ kept: 1, left: 2 }), contract } };
    const cases = [vector({ fn: "two", expected: { kept: 1, left: 3 } }), vector({ fn: "two", expected: { kept: 2 } })];
    expect(await check(cases, { adapters })).toMatchObject({ passed: 1, failures: [{}] });
  });
});

describe("a case in which the reference fails", () => {
  it("passes when we refuse, too", async () => {
    expect(await check([vector({ fn: "refuse", error: "ValueError" })])).toMatchObject({ passed: 1 });
  });

  it("fails when we answer", async () => {
    expect(whyOf(await check([vector({ error: "ValueError" })]))[0]).toMatch(/an error \(ValueError\)\s+got 4/);
  });

  it("fails when we crash where the reference refuses on purpose", async () => {
    expect((await check([vector({ fn: "crash", error: "ValueError" })])).failures).toHaveLength(1);
  });

  it("passes when we crash where the reference does", async () => {
    const crash = vector({ fn: "crash", error: "ValueError", tags: ["accidental-error"] });
    expect(await check([crash])).toMatchObject({ passed: 1 });
  });
});

describe("a listed difference", () => {
  const quirk = vector({ expected: 5, tags: ["python-quirk"] });

  it("passes when we do exactly what it says", async () => {
    expect(await check([quirk], { differences: [listed({})] })).toMatchObject({ passed: 1, listed: 1, failures: [] });
  });

  it("may say that we refuse", async () => {
    const refused = vector({ fn: "refuse", expected: 5, tags: ["known-bug"] });
    const report = await check([refused], { differences: [listed({ ours: { throws: "RangeError" } })] });
    expect(report).toMatchObject({ passed: 1, listed: 1 });
  });

  it("fails when we do something else", async () => {
    const report = await check([quirk], { differences: [listed({ ours: { result: 3 } })] });
    expect(whyOf(report)[0]).toMatch(/differs in another way/);
  });

  it("fails when we agree with the reference by now", async () => {
    const report = await check([vector({ expected: 4 })], { differences: [listed({})] });
    expect(whyOf(report)[0]).toMatch(/take it off the list/);
  });

  it("fails when no case has its name", async () => {
    const report = await check([vector({ expected: 4 })], { differences: [listed({ name: "gone" })] });
    expect(report).toMatchObject({ passed: 1, failures: [{ name: "gone" }] });
  });

  it("of another area is of no account", async () => {
    expect(await check([vector({ expected: 4 })], { differences: [listed({ area: "other" })] })).toMatchObject({
      failures: [],
    });
  });

  it("needs a row of what is deliberately different where no tag allows it", async () => {
    const plain = vector({ expected: 5, tags: ["random"] });
    const row = "an empty conversation id is refused";
    expect((await check([plain], { differences: [listed({})] })).failures).toHaveLength(1);
    expect(await check([plain], { differences: [listed({ row })] })).toMatchObject({ passed: 1, failures: [] });
  });
});

describe("lenient", () => {
  it("counts cases that may be listed apart, and fails on the others only", async () => {
    const cases = [
      vector({ name: "right", expected: 4 }),
      vector({ name: "wrong", expected: 5 }),
      vector({ name: "right quirk", expected: 4, tags: ["rounding"] }),
      vector({ name: "wrong quirk", expected: 5, tags: ["rounding"] }),
    ];
    const report = await check(cases, {}, { lenient: true });
    expect(report).toMatchObject({ passed: 1, failures: [{ name: "wrong" }], optional: { passed: 1, total: 2 } });
  });

  it("asks nothing of the list, which was made for other files", async () => {
    const differences = [listed({ name: "gone" }), listed({})];
    const report = await check([vector({ expected: 4 })], { differences }, { lenient: true });
    expect(report).toMatchObject({ passed: 1, failures: [] });
  });
});
