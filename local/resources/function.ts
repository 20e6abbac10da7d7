import * as z from "zod";
import type { FunctionSettings } from "../lambda-runtime/function-settings.ts";
import type { ResolvedResource } from "../template/stack.ts";
import { ignored, number, readSettings } from "./settings.ts";

const schema = z.strictObject({
  FunctionName: ignored,
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string().regex(/^[^.]+\.\w+$/),
  Runtime: z.literal("nodejs24.x"),
  Timeout: number.default(3),
  MemorySize: number.default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).default({ Variables: {} }),
  Architectures: ignored,
  Description: ignored,
  EphemeralStorage: ignored,
  LoggingConfig: ignored,
  RecursiveLoop: ignored,
  ReservedConcurrentExecutions: number.optional(),
  Role: z.string(),
  Tags: ignored,
  TracingConfig: ignored,
});

/** The function that a resource describes; `extra` are variables that only the local cloud sets. */
export function functionSettings(
  resource: ResolvedResource,
  assetDirectory: (objectKey: string) => string,
  extra: Readonly<Record<string, string>>,
): FunctionSettings {
  const settings = readSettings(resource, schema);
  const { Code, Handler, Role, Timeout, MemorySize, Environment } = settings;
  return {
    logicalId: resource.logicalId,
    name: resource.name,
    arn: resource.attributes.Arn ?? "",
    roleArn: Role,
    handler: Handler,
    codeDirectory: assetDirectory(Code.S3Key),
    timeoutMs: Timeout * 1000,
    memoryMb: MemorySize,
    reservedConcurrency: settings.ReservedConcurrentExecutions,
    variables: { ...Environment.Variables, ...extra },
  };
}
