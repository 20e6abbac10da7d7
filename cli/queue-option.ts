import type { Arguments, OptionSpec } from "./command.ts";
import { queueNames } from "./dead-letters.ts";
import { UsageError } from "./errors.ts";
import type { QueueName } from "./letter.ts";

/** @param otherwise which queues are meant without the option. */
export function queueOption(otherwise: string): OptionSpec {
  return { type: "string", placeholder: "NAME", help: `${queueNames.join(", ")} (${otherwise})` };
}

/** Undefined when it was not given. @throws UsageError for a name of no queue. */
export function queueOf(given: Arguments): QueueName | undefined {
  const name = given.option("queue");
  if (name === undefined) return undefined;
  const queue = queueNames.find((candidate) => candidate === name);
  if (!queue) throw new UsageError(`--queue is one of ${queueNames.join(", ")}`);
  return queue;
}
