import { describe, expect, it } from "vitest";
import { assemblyDirectory, synthesize, withoutHash } from "./synthesis.ts";

const [template] = synthesize(assemblyDirectory(), { stage: "prod" });
if (!template) throw new Error("There is no template");

type Resource = {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: { readonly Tags?: unknown };
};

const all: readonly (readonly [string, Resource])[] = Object.entries(template.toJSON().Resources);

describe("what stays when the stack goes", () => {
  it("is the table and the list of products, and nothing else", () => {
    const staying = all.filter(([, { DeletionPolicy = "Delete" }]) => DeletionPolicy !== "Delete");
    expect(staying.map(([id, { DeletionPolicy }]) => [withoutHash(id), DeletionPolicy])).toEqual([
      ["ProductsProductIds", "RetainExceptOnCreate"],
      ["ActorsTable", "RetainExceptOnCreate"],
    ]);
  });
});

describe("what costs money", () => {
  it.each([
    "AWS::DynamoDB::Table",
    "AWS::SQS::Queue",
    "AWS::Lambda::Function",
    "AWS::Logs::LogGroup",
    "AWS::CloudWatch::Alarm",
    "AWS::SNS::Topic",
    "AWS::KMS::Key",
    "AWS::ApiGatewayV2::Api",
    "AWS::Events::EventBus",
  ])("%s: each carries its stage as a tag", (type) => {
    const ofType = all.filter(([, resource]) => resource.Type === type);
    expect(ofType.length).toBeGreaterThan(0);
    for (const [, { Properties }] of ofType) {
      const tags = Properties?.Tags;
      // API Gateway's tags are an object, the others' a list.
      const stage = Array.isArray(tags)
        ? tags.find(({ Key }) => Key === "throughline:stage")?.Value
        : (tags as Record<string, unknown> | undefined)?.["throughline:stage"];
      expect(stage).toBe("prod");
    }
  });
});
