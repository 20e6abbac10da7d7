import type { LocalCloud } from "../../local/boot.ts";
import type { LambdaFunction } from "../../local/lambda-runtime/lambda-function.ts";

/** The functions on the way of an action, by the names that find them. */
const names = ["actor-worker", "delayed-lane-relay", "actions-receiver", "chat-webhook-receiver"];

/** By logical id, which is who the gateway says that calls. */
export function mortals(cloud: Pick<LocalCloud, "functionProcess">): ReadonlyMap<string, LambdaFunction> {
  return new Map(
    names.map((name) => {
      const found = cloud.functionProcess(name);
      return [found.settings.logicalId, found];
    }),
  );
}
