import { variable } from "../lambdas/environment.ts";
import { processEnvironment } from "../local/lambda-runtime/function-settings.ts";
import { eventSourceSettings } from "../local/resources/event-source.ts";
import { functionSettings } from "../local/resources/function.ts";
import { resolveStack } from "../local/template/stack.ts";
import { region, type SynthesizedStack } from "../local/template/template.ts";

export type DeployedFunction = {
  /** Its construct's: the logical id without what CDK hangs on it. */
  readonly name: string;
  /** Somebody waits until it has queued something, or for what it reads in the table; or a queue feeds it. */
  readonly kind: "receiver" | "reader" | "worker";
  /** Where its `index.mjs` lies. */
  readonly codeDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** Nothing listens there: importing a function asks nobody for anything. */
const nowhere = {
  gatewayUrl: "http://127.0.0.1:9",
  publicUrl: "http://127.0.0.1:9",
  functionUrl: "http://127.0.0.1:9",
};

/** Every function of a stack, by name. */
export function deployedFunctions(stack: SynthesizedStack): readonly DeployedFunction[] {
  const resources = resolveStack(stack, nowhere);
  const functions = resources.filter(({ type }) => type === "AWS::Lambda::Function");
  const queues = resources.filter(({ type }) => type === "AWS::SQS::Queue");
  const fed = new Set(
    resources
      .filter(({ type }) => type === "AWS::Lambda::EventSourceMapping")
      .map((resource) => eventSourceSettings(resource, queues, functions)?.functionId),
  );
  return functions
    .map((resource): DeployedFunction => {
      const settings = functionSettings(resource, stack.assetDirectory, {});
      const environment = processEnvironment(settings, { gatewayUrl: nowhere.gatewayUrl, region, processId: "bench" });
      const unfed = variable.tableName in environment ? "reader" : "receiver";
      return {
        name: resource.logicalId.replace(/Function[0-9A-F]{8}$/, ""),
        kind: fed.has(resource.logicalId) ? "worker" : unfed,
        codeDirectory: settings.codeDirectory,
        environment,
      };
    })
    .sort((one, other) => one.name.localeCompare(other.name));
}
