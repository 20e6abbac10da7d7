import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import results from "../../bench/results.json" with { type: "json" };

const rows = readFileSync("docs/cost.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.replaceAll("*", "").trim()),
  );

const rowOf = (name: string): readonly string[] => rows.find(([first]) => first === name)?.slice(1) ?? [];

const costs = [...results.requests.unlinked.map(({ cost }) => cost), results.requests.linked];
const requestsOf = (cost: (typeof costs)[number]): Readonly<Record<string, number>> => cost.requests;
const operations = [...new Set(costs.flatMap((cost) => Object.keys(cost.requests)))];

describe("the page about cost says what was counted", () => {
  it.each(operations)("of %s", (operation) => {
    expect(rowOf(operation)).toEqual(costs.map((cost) => String(requestsOf(cost)[operation] ?? 0)));
  });

  it("of operations, all and no others", () => {
    const named = rows.flatMap(([name = ""]) => (/^(sqs|dynamodb|events|scheduler|ssm) \w/.test(name) ? [name] : []));
    expect(named.toSorted()).toEqual(operations.toSorted());
  });

  it("in all", () => {
    const totals = costs.map((cost) => Object.values(requestsOf(cost)).reduce((sum, made) => sum + made, 0));
    expect(rowOf("requests")).toEqual(totals.map(String));
    expect(rowOf("DynamoDB write units")).toEqual(costs.map(({ writeUnits }) => String(writeUnits)));
  });

  it("of what stands there without use", () => {
    const { idle } = results;
    expect(rowOf("event sources, which poll their queues")[0]).toBe(String(idle["AWS::Lambda::EventSourceMapping"]));
    expect(rowOf("alarms")[0]).toBe(String(idle["AWS::CloudWatch::Alarm"]));
    expect(rowOf("dashboards")[0]).toBe(String(idle["AWS::CloudWatch::Dashboard"]));
    expect(rowOf("encryption keys")[0]).toBe(String(idle["AWS::KMS::Key"]));
  });

  it("from a whole run that kept its budgets", () => {
    expect(results.quick).toBe(false);
    expect(results.budgets.filter(({ limit, measured }) => measured > limit)).toEqual([]);
  });
});
