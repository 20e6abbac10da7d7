import { describe, expect, it } from "vitest";
import { evaluate, evaluateCondition, type Scope } from "../../local/template/intrinsics.ts";

const scope: Scope = {
  reference: (name) => {
    if (name === "AWS::NoValue") return undefined;
    if (name === "Queue") return "http://queue";
    throw new Error(`no ${name}`);
  },
  attribute: (logicalId, attribute) => `${logicalId}/${attribute}`,
  condition: (name) => name === "Yes",
};

const evaluated = (value: unknown) => evaluate(value, scope, "Resources.X");

describe("the functions of a template", () => {
  it.each([
    ["a reference", { Ref: "Queue" }, "http://queue"],
    ["an attribute", { "Fn::GetAtt": ["Queue", "Arn"] }, "Queue/Arn"],
    ["an attribute in one string", { "Fn::GetAtt": "Table.Stream.Arn" }, "Table/Stream.Arn"],
    ["a join", { "Fn::Join": ["-", ["a", { Ref: "Queue" }]] }, "a-http://queue"],
    ["a split and a selection", { "Fn::Select": ["1", { "Fn::Split": ["/", "a/b/c"] }] }, "b"],
    [
      "a substitution",
      { "Fn::Sub": "$" + "{Queue}:$" + "{Queue.Arn}:$" + "{!Kept}" },
      "http://queue:Queue/Arn:$" + "{Kept}",
    ],
    ["a substitution with variables", { "Fn::Sub": ["$" + "{Own}!", { Own: { Ref: "Queue" } }] }, "http://queue!"],
    ["a choice", { "Fn::If": ["Yes", "y", { "Fn::Unknown": 1 }] }, "y"],
    ["the other choice", { "Fn::If": ["No", { "Fn::Unknown": 1 }, "n"] }, "n"],
    ["no value in an object", { kept: 1, dropped: { Ref: "AWS::NoValue" } }, { kept: 1 }],
    ["no value in a list", [1, { Ref: "AWS::NoValue" }, 2], [1, 2]],
  ])("evaluates %s", (_, value, expected) => {
    expect(evaluated(value)).toEqual(expected);
  });

  it("names the place of a function that it does not know", () => {
    const value = { Environment: { Variables: [{ "Fn::ImportValue": "other-stack" }] } };

    expect(() => evaluated(value)).toThrow(
      "Resources.X.Environment.Variables[0]: the local cloud does not know Fn::ImportValue",
    );
  });

  it("names the place of an argument in the wrong shape", () => {
    expect(() => evaluated({ Name: { "Fn::Join": "no list" } })).toThrow("Resources.X.Name.Fn::Join: expected a list");
  });
});

describe("the conditions of a template", () => {
  it.each([
    [{ "Fn::Equals": [{ Ref: "Queue" }, "http://queue"] }, true],
    [{ "Fn::Not": [{ Condition: "Yes" }] }, false],
    [{ "Fn::And": [{ Condition: "Yes" }, { Condition: "No" }] }, false],
    [{ "Fn::Or": [{ Condition: "Yes" }, { Condition: "No" }] }, true],
  ])("%j is %s", (condition, expected) => {
    expect(evaluateCondition(condition, scope, "Conditions.C")).toBe(expected);
  });

  it("names a condition that it does not know", () => {
    expect(() => evaluateCondition({ "Fn::Contains": [] }, scope, "Conditions.C")).toThrow(
      "Conditions.C: the local cloud does not know the condition Fn::Contains",
    );
  });
});
