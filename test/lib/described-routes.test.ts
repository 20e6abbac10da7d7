import { expect, it } from "vitest";
import { routeOf } from "../../scripts/openapi/operation.ts";
import { operations } from "../../scripts/openapi/operations.ts";
import { assemblyDirectory, resources, synthesize } from "./synthesis.ts";

const [template] = synthesize(assemblyDirectory(), { stage: "prod" });
if (!template) throw new Error("There is no template");

it("docs/openapi.yaml describes every route that is deployed, and no other", () => {
  const deployed = resources(template, "AWS::ApiGatewayV2::Route").map(({ properties }) => properties.RouteKey);
  expect(operations.map(routeOf).toSorted()).toEqual(deployed.toSorted());
});
