import type { Depth, Sqs, StoredMessage } from "./emulators/sqs.ts";
import { findById } from "./find-by-id.ts";
import type { ResolvedResource } from "./template/stack.ts";

/** The queues, looked at from outside. A queue is named by its logical id, the beginning of it, or its name. */
export type Queues = {
  depth(queue: string): Depth;
  /** Messages in flight first, then those that are ready, then the delayed. */
  messages(queue: string): readonly StoredMessage[];
  /** The URL with which SDK clients address the queue. */
  url(queue: string): string;
  /**
   * Waits until a condition holds, asked again whenever a message of any queue was sent, received or deleted.
   *
   * @throws Error after `timeoutMs`.
   */
  until(condition: () => boolean, timeoutMs: number): Promise<void>;
};

export function createQueues(sqs: Sqs, resources: readonly ResolvedResource[]): Queues {
  return {
    depth: (queue) => sqs.depth(findById(resources, queue).name),
    messages: (queue) => sqs.messages(findById(resources, queue).name),
    url: (queue) => findById(resources, queue).ref,
    until(condition, timeoutMs) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const check = () => {
        if (condition()) resolve();
      };
      const stop = sqs.onChange(check);
      const timer = setTimeout(() => reject(new Error(`Still waiting after ${timeoutMs} ms`)), timeoutMs);
      check();
      return promise.finally(() => {
        stop();
        clearTimeout(timer);
      });
    },
  };
}
