import { describe, expect, it } from "vitest";
import { throttling } from "../../local/interceptions.ts";
import { groupOf } from "./support/queue.ts";
import { awsStepName } from "./support/step-name.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

const system = useSystem({ acme: {} });

/** One more than the SDK tries a request: the turn itself fails, and its messages come again. */
const BEYOND_THE_SDK = 4;

describe.concurrent("DynamoDB throttles a turn: it is taken later", () => {
  it.each(["load session", "commit session", "read rows"])("%s", async (step) => {
    const visitor = newVisitor(system());
    await visitor.acts(["Opened Reports"]);
    const conversation = visitor.opensChatUnheard();
    await settled(system());
    let refused = 0;
    const throttled = system().cloud.gateway.intercept({
      service: "dynamodb",
      moment: "before",
      when: (call) => awsStepName(call) === step && JSON.stringify(call.input).includes(groupOf(visitor)),
      act: () => (refused++ < BEYOND_THE_SDK ? throttling : "pass"),
    });

    await visitor.announce(conversation);

    await untilNotes(system(), visitor, conversation, 1);
    await settled(system());
    expect(throttled.matches()).toBeGreaterThan(BEYOND_THE_SDK);
    expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports")]);
  });
});

it.each(["before", "after"] as const)(
  "the queue fails %s it takes a batch: the sender is asked to come again, and the batch is applied once",
  async (moment) => {
    const visitor = newVisitor(system());
    const conversation = await visitor.opensChat();
    await settled(system());
    const batch = visitor.batch(["Clicked Export"]);
    const failing = system().cloud.gateway.intercept({
      caller: system().cloud.functionProcess("actions-receiver").settings.logicalId,
      service: "sqs",
      moment,
      act: () => ({ fail: { code: "ServiceUnavailable", status: 503 } }),
    });

    const refused = await visitor.push(batch);
    failing.remove();
    const accepted = await visitor.push(batch);

    expect(refused.status).toBe(503);
    expect(accepted.status).toBe(202);
    await untilNotes(system(), visitor, conversation, 1);
    await settled(system());
    expect(visitor.notes(conversation)).toEqual([visitor.note("Clicked Export")]);
  },
);

it("an array of which one batch is not queued: the retry brings the rest, in order", async () => {
  const visitor = newVisitor(system());
  const conversation = await visitor.opensChat();
  await settled(system());
  const batches = ["One", "Two", "Three"].map((description) => visitor.batch([description]));
  let requests = 0;
  const failing = system().cloud.gateway.intercept({
    caller: system().cloud.functionProcess("actions-receiver").settings.logicalId,
    service: "sqs",
    moment: "before",
    act: () => (requests++ === 0 ? "pass" : throttling),
  });

  const refused = await visitor.push(batches);
  failing.remove();
  const accepted = await visitor.push(batches);

  expect([refused.status, accepted.status]).toEqual([503, 202]);
  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  expect(visitor.lines(conversation)).toEqual(["One", "Two", "Three"]);
});

it("configuration cannot be read: what was read before serves", async () => {
  const visitor = newVisitor(system());
  await visitor.acts(["Opened Reports"]);
  const conversation = await visitor.opensChat();
  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  const failing = system().cloud.gateway.intercept({
    service: "ssm",
    moment: "before",
    act: () => ({ fail: { code: "InternalServerError", status: 500 } }),
  });
  while (failing.matches() === 0) await visitor.push(visitor.batch([]));

  await visitor.acts(["Clicked Export"]);

  await untilNotes(system(), visitor, conversation, 2);
  await settled(system());
  failing.remove();
  expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports"), visitor.note("Clicked Export")]);
});
