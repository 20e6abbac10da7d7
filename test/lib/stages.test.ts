import { App } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { ThroughlineStack } from "../../lib/throughline-stack.ts";
import { assemblyDirectory, flat, synthesize } from "./synthesis.ts";

/** Where a resource's name in the account would stand. An inline policy is named within its role only. */
const naming = /^(Name|(Api|Alarm|Function|LogGroup|Queue|Role|Table|Topic)Name)$/;

function namesIn(template: { toJSON(): { Resources: Record<string, { Properties?: Record<string, unknown> }> } }) {
  return Object.entries(template.toJSON().Resources).flatMap(([, { Properties = {} }]) =>
    Object.entries(Properties)
      .filter(([key, value]) => naming.test(key) && typeof value === "string")
      .map(([key, value]) => `${key}=${flat(value)}`),
  );
}

describe("two stages in one account and region", () => {
  it("share no name and no parameter, and export nothing", () => {
    const [prod, staging] = synthesize(assemblyDirectory(), { stage: "prod" }, { stage: "staging" });
    if (!prod || !staging) throw new Error("There are no templates");

    const names = namesIn(prod as never);

    expect(names).toContain("Name=/throughline/prod/product-ids");
    expect(names.filter((name) => namesIn(staging as never).includes(name))).toEqual([]);
    expect(JSON.stringify(staging.toJSON())).not.toContain("/throughline/prod");
    expect(JSON.stringify(prod.findOutputs("*"))).not.toContain("Export");
  });
});

describe("the name of a stage", () => {
  const outdir = assemblyDirectory();

  it.each(["", "Prod", "1st", "a/b", "a".repeat(33)])("%j is refused, and the error says why", (stage) => {
    expect(() => new ThroughlineStack(new App({ outdir }), "Stack", { stage })).toThrow(`received "${stage}"`);
  });
});
