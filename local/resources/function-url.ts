import * as z from "zod";
import type { ResolvedResource } from "../template/stack.ts";
import { readSettings, referred } from "./settings.ts";

const schema = z.strictObject({
  TargetFunctionArn: z.string(),
  AuthType: z.literal("NONE"),
  InvokeMode: z.literal("RESPONSE_STREAM"),
});

/** The logical id of the function behind the stack's one function URL; undefined when it has none. */
export function urlFunction(resources: readonly ResolvedResource[]): string | undefined {
  const [first, second] = resources.filter(({ type }) => type === "AWS::Lambda::Url");
  if (!first) return undefined;
  if (second) throw new Error(`Resources.${second.logicalId}: the local cloud serves one function URL`);
  const { TargetFunctionArn } = readSettings(first, schema);
  const functions = resources.filter(({ type }) => type === "AWS::Lambda::Function");
  return referred(functions, first, "TargetFunctionArn", TargetFunctionArn).logicalId;
}
