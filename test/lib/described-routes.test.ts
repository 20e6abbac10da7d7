import { expect, it } from "vitest";
import { routeOf } from "../../scripts/openapi/operation.ts";
import { operations } from "../../scripts/openapi/operations.ts";
import { assemblyDirectory, resources, synthesize } from "./synthesis.ts";

const [template] = synthesize(assemblyDirectory(), { stage: "prod", concurrency: { streams: 50 } });
if (!template) throw new Error("There is no template");

it("docs/openapi.yaml describes every route that is deployed, and no other", () => {
  // Behind a function URL is no router: the function itself answers 404 to what is not these.
  const streamed = ["GET /stream/{product_id}", "OPTIONS /stream/{product_id}"];
  const deployed = resources(template, "AWS::ApiGatewayV2::Route").map(({ properties }) => properties.RouteKey);
  expect(operations.map(routeOf).toSorted()).toEqual([...deployed, ...streamed].toSorted());
});
