import { expect, it } from "vitest";
import { byOperation, total } from "../../bench/request-counts.ts";

const pollers = new Set(["MailboxPoller", "DelayedPoller"]);
const count = (caller: string, operation: string, requests: number, service: "sqs" | "dynamodb" = "sqs") => ({
  caller,
  service,
  operation,
  requests,
});

it("sums requests of several callers by service and operation", () => {
  const requests = byOperation(
    [
      count("Receiver", "SendMessageBatch", 2),
      count("Relay", "SendMessageBatch", 1),
      count("Worker", "GetItem", 3, "dynamodb"),
    ],
    pollers,
  );
  expect(requests).toEqual({ "sqs SendMessageBatch": 3, "dynamodb GetItem": 3 });
  expect(total(requests)).toBe(6);
});

it("counts the polls that brought something, and not those of a queue that stayed empty", () => {
  const requests = byOperation(
    [
      count("MailboxPoller", "ReceiveMessage", 3),
      count("MailboxPoller", "DeleteMessageBatch", 2),
      count("DelayedPoller", "ReceiveMessage", 1),
    ],
    pollers,
  );
  expect(requests).toEqual({ "sqs ReceiveMessage": 2, "sqs DeleteMessageBatch": 2 });
});

it("counts every receive of somebody who is no event source", () => {
  expect(byOperation([count("Worker", "ReceiveMessage", 2)], pollers)).toEqual({ "sqs ReceiveMessage": 2 });
});
