import type { AwsCall } from "./aws-protocol.ts";
import { accountId, region } from "./template/template.ts";

export type Need = { readonly action: string; readonly resource: string };

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** What IAM asks for before a request is served (service authorization reference): an action on each resource. */
export function neededPermissions({ service, operation, input }: AwsCall): readonly Need[] {
  const on = (resource: string, action = operation): Need => ({ action: `${service}:${action}`, resource });
  switch (service) {
    case "dynamodb": {
      const table = (name: string) => arn("dynamodb", `table/${name}`);
      const batch = Object.keys((input.RequestItems as object | undefined) ?? {});
      if (batch.length > 0) return batch.map((name) => on(table(name)));
      const index = typeof input.IndexName === "string" ? `/index/${input.IndexName}` : "";
      return [on(table(String(input.TableName)) + index)];
    }
    case "sqs":
      return [on(arn("sqs", String(input.QueueUrl).split("/").at(-1) ?? ""), operation.replace(/Batch$/, ""))];
    case "ssm": {
      const names = [input.Name, input.Path, ...(Array.isArray(input.Names) ? input.Names : [])];
      return names
        .filter((name) => typeof name === "string")
        .map((name) => on(arn("ssm", `parameter/${name.replace(/^\//, "")}`)));
    }
    case "events": {
      const entries = Array.isArray(input.Entries) ? (input.Entries as { EventBusName?: string }[]) : [];
      const buses = new Set(entries.map(({ EventBusName = "default" }) => EventBusName.split("event-bus/").at(-1)));
      return [...buses].map((bus) => on(arn("events", `event-bus/${bus}`)));
    }
    case "scheduler": {
      const schedule = on(arn("scheduler", `schedule/${input.GroupName ?? "default"}/${input.Name ?? "*"}`));
      const { RoleArn } = (input.Target ?? {}) as { RoleArn?: string };
      return RoleArn === undefined ? [schedule] : [schedule, { action: "iam:PassRole", resource: RoleArn }];
    }
    case "bedrock":
      return input.knowledgeBaseId === undefined
        ? modelArns(String(input.modelId)).map((model) => on(model, invokeActions[operation]))
        : [on(arn("bedrock", `knowledge-base/${input.knowledgeBaseId}`))];
    default:
      return service satisfies never;
  }
}

/** Actions whose name is not their operation's: a permission to invoke is one to converse. */
const invokeActions: Readonly<Record<string, string>> = { Converse: "InvokeModel" };

/** How the ids of inference profiles begin: where they route to. No provider of models has a name of two letters. */
const geography = /^(?:global|apac|us-gov|[a-z]{2})\./;

/**
 * What a model id stands for. A profile of a geography needs a permission for itself and for the model behind it (Amazon
 * Bedrock, "Prerequisites for inference profiles"), of which the local cloud checks the one in its own region.
 */
function modelArns(modelId: string): readonly string[] {
  if (modelId.startsWith("arn:")) return [modelId];
  const foundationModel = `arn:aws:bedrock:${region}::foundation-model/${modelId.replace(geography, "")}`;
  return geography.test(modelId)
    ? [arn("bedrock", `inference-profile/${modelId}`), foundationModel]
    : [foundationModel];
}
