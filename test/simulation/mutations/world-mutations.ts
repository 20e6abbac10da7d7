import type { Mutation } from "./mutation.ts";

/** Mutations of the edge and of how queues are spoken to. */
export const worldMutations: readonly Mutation[] = [
  {
    name: "accepted-though-not-queued",
    file: "lambdas/app/accept-actions.ts",
    find: "if (queued.size < envelopes.length) {",
    replace: "if (queued.size === 0 && envelopes.length > 9_999) {",
    breaks: "accepted is what is durably queued",
  },
  {
    name: "sends-past-a-failure",
    file: "lambdas/adapters/sqs/mailbox.ts",
    find: "return lane.length > round + 1 && lane[round]?.every(({ index }) => durable.has(index));",
    replace: "return lane.length > round + 1 && lane[round] !== undefined;",
    breaks: "nothing is queued behind a message of its session that failed",
  },
  {
    name: "batches-renamed-by-time",
    file: "lambdas/domain/activity/action-batch.ts",
    find: "id: `${bodyId",
    replace: "id: `${acceptedAt + bodyId",
    breaks: "the same body sent again yields the same ids",
  },
  {
    name: "webhook-not-queued",
    file: "lambdas/app/accept-chat-webhook.ts",
    find: "if (queued.size < envelopes.length) {",
    replace: "if (queued.size < 0) {",
    breaks: "a webhook is taken when it is durably queued",
  },
  {
    name: "wake-not-queued",
    file: "lambdas/app/relay-deadline.ts",
    find: "if (queued.size === 0) throw",
    replace: "if (queued.size < 0) throw",
    breaks: "an alarm is relayed when its wake is queued",
  },
  {
    name: "late-schedule-counts",
    file: "lambdas/adapters/scheduler/scheduled-alarm.ts",
    find: "if (clock.now() >= second) throw",
    replace: "if (second < 0) throw",
    breaks: "a schedule whose time had passed when it was made is no alarm",
  },
  {
    name: "alarms-share-a-nonce",
    file: "lambdas/adapters/sqs/precise-alarm.ts",
    find: "nonce: random.nonce() };",
    replace: 'nonce: "alarm" };',
    breaks: "the queue does not take one alarm for another",
  },
];
