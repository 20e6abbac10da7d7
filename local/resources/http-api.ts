import * as z from "zod";
import type { ResolvedResource } from "../template/stack.ts";
import { ignored, readSettings, referred } from "./settings.ts";

const api = z.strictObject({
  Name: ignored,
  Description: ignored,
  ProtocolType: z.literal("HTTP"),
  DisableExecuteApiEndpoint: z.literal(false).optional(),
  Tags: ignored,
});

const stage = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal("$default"),
  AutoDeploy: z.literal(true),
  AccessLogSettings: ignored,
  DefaultRouteSettings: ignored,
  RouteSettings: ignored,
  Description: ignored,
  Tags: ignored,
});

const integration = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal("AWS_PROXY"),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal("2.0"),
  Description: ignored,
});

const route = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string().regex(/^(\$default|[A-Z]+ \/\S*)$/),
  Target: z.string().startsWith("integrations/"),
  AuthorizationType: z.literal("NONE").default("NONE"),
});

/** The routes of the stack's one HTTP API, each with the logical id of the function that it invokes. */
export function httpRoutes(
  resources: readonly ResolvedResource[],
): readonly { readonly key: string; readonly functionId: string }[] {
  const of = (type: string) => resources.filter((resource) => resource.type === `AWS::ApiGatewayV2::${type}`);
  const [first, second] = of("Api");
  if (!first) return [];
  if (second) throw new Error(`Resources.${second.logicalId}: the local cloud serves one HTTP API`);
  readSettings(first, api);
  if (of("Stage").length === 0) throw new Error(`Resources.${first.logicalId}: it has no stage, so nothing is served`);
  for (const resource of of("Stage")) readSettings(resource, stage);
  const functions = resources.filter(({ type }) => type === "AWS::Lambda::Function");
  return of("Route").map((resource) => {
    const { RouteKey: key, Target } = readSettings(resource, route);
    const target = referred(of("Integration"), resource, "Target", Target.slice("integrations/".length));
    const { IntegrationUri } = readSettings(target, integration);
    return { key, functionId: referred(functions, target, "IntegrationUri", IntegrationUri).logicalId };
  });
}
