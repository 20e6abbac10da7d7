import { fileURLToPath } from "node:url";
import type { LocalCloud } from "../../local/boot.ts";
import type { LogLine } from "../../local/log.ts";
import type { Resource, SynthesizedStack } from "../../local/template/template.ts";

const functions = fileURLToPath(new URL("../fixtures/functions/", import.meta.url));

/** A role that may do this, and everything by default. */
export function roleResource(Action: string | readonly string[] = "*", Resource: unknown = "*"): Resource {
  const Statement = [{ Effect: "Allow", Action, Resource }];
  return {
    Type: "AWS::IAM::Role",
    Properties: { Policies: [{ PolicyName: "inline", PolicyDocument: { Statement } }] },
  };
}

/**
 * A stack of these resources; the code of its functions lies in `test/fixtures/functions/<name>`, and their role may do
 * everything unless one called `Role` is among the resources.
 */
export function fixtureStack(resources: Readonly<Record<string, Resource>>): SynthesizedStack {
  return {
    stackName: "Fixture",
    template: { Resources: { Role: roleResource(), ...resources } },
    assetDirectory: (objectKey) => functions + objectKey.replace(".zip", ""),
  };
}

export function functionResource(
  fixture: "echo" | "consumer" | "caller" | "broken" | "streamer",
  { timeoutS = 10, variables = {} }: { timeoutS?: number; variables?: Record<string, unknown> } = {},
): Resource {
  return {
    Type: "AWS::Lambda::Function",
    Properties: {
      Role: { "Fn::GetAtt": ["Role", "Arn"] },
      Code: { S3Bucket: "assets", S3Key: `${fixture}.zip` },
      Handler: "index.handler",
      Runtime: "nodejs24.x",
      Timeout: timeoutS,
      MemorySize: 256,
      Environment: { Variables: variables },
    },
  };
}

/** An event source between two resources of the stack, as the CDK writes it. */
export function eventSourceResource(queue: string, target: string, properties: object = {}): Resource {
  return {
    Type: "AWS::Lambda::EventSourceMapping",
    Properties: {
      EventSourceArn: { "Fn::GetAtt": [queue, "Arn"] },
      FunctionName: { Ref: target },
      BatchSize: 10,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ...properties,
    },
  };
}

export const fifoQueue = (properties: object = {}): Resource => ({
  Type: "AWS::SQS::Queue",
  Properties: { FifoQueue: true, ContentBasedDeduplication: true, ...properties },
});

/** An HTTP API whose routes all invoke one function. */
export function httpApiResources(target: string, routeKeys: readonly string[]): Record<string, Resource> {
  const ApiId = { Ref: "Api" };
  return {
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "Api", ProtocolType: "HTTP" } },
    Stage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: { ApiId, StageName: "$default", AutoDeploy: true },
    },
    Integration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId,
        IntegrationType: "AWS_PROXY",
        IntegrationUri: { "Fn::GetAtt": [target, "Arn"] },
        PayloadFormatVersion: "2.0",
      },
    },
    ...Object.fromEntries(
      routeKeys.map((RouteKey, index) => [
        `Route${index}`,
        {
          Type: "AWS::ApiGatewayV2::Route",
          Properties: { ApiId, RouteKey, Target: { "Fn::Join": ["", ["integrations/", { Ref: "Integration" }]] } },
        },
      ]),
    ),
  };
}

/** Resolves to the first line that a function wrote, or writes, for which `wanted` holds. */
export function lineOf(cloud: LocalCloud, wanted: (line: string) => boolean): Promise<LogLine> {
  const { promise, resolve } = Promise.withResolvers<LogLine>();
  const written = cloud.logs.lines().find(({ line }) => wanted(line));
  if (written) return Promise.resolve(written);
  const stop = cloud.logs.onLine((line) => {
    if (!wanted(line.line)) return;
    stop();
    resolve(line);
  });
  return promise;
}
