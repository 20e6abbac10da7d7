import { expect, it } from "vitest";
import type { Interception } from "../../local/interceptions.ts";
import { putIntoDeadlines, wake } from "./support/queue.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

/** How late an alarm is, where it is late: much later than a debounce. */
const LATE_MS = 1_200;

const system = useSystem(
  { acme: { post_link_debounce_s: 0.5 }, thrifty: { timing: { lane: "scheduler" } } },
  { schedulerLatenessMs: LATE_MS },
);

async function linked(productId = "acme"): Promise<{ readonly visitor: Visitor; readonly conversation: string }> {
  const visitor = newVisitor(system(), productId);
  await visitor.acts(["Before"]);
  const conversation = await visitor.opensChat();
  await untilNotes(system(), visitor, conversation, 1);
  return { visitor, conversation };
}

const alarmOf = (act: Interception["act"]): Interception => ({
  caller: system().cloud.functionProcess("actor-worker").settings.logicalId,
  service: "sqs",
  operation: "SendMessage",
  moment: "after",
  act,
});

it("alarms that come early wake the session in vain, and the one that it set still comes", async () => {
  const { visitor, conversation } = await linked();

  await visitor.acts(["One"]);
  for (let early = 0; early < 5; early++) await wake(system(), visitor);

  await untilNotes(system(), visitor, conversation, 2);
  await settled(system());
  expect(visitor.notes(conversation)).toEqual([visitor.note("Before"), visitor.note("One")]);
});

it("alarms that come twice post one note", async () => {
  const { visitor, conversation } = await linked();
  const doubled: Promise<void>[] = [];
  const doubling = system().cloud.gateway.intercept(
    alarmOf(({ input }) => {
      doubled.push(putIntoDeadlines(system(), String(input.MessageBody)));
      return "pass";
    }),
  );

  await visitor.acts(["One"]);

  await untilNotes(system(), visitor, conversation, 2);
  await settled(system());
  doubling.remove();
  await Promise.all(doubled);
  await settled(system());
  expect(doubled.length).toBeGreaterThan(0);
  expect(visitor.notes(conversation)).toEqual([visitor.note("Before"), visitor.note("One")]);
});

it("an alarm that comes late finds what has come since, too", async () => {
  const { visitor, conversation } = await linked();
  const held = Promise.withResolvers<void>();
  const holding = system().cloud.gateway.intercept({
    caller: system().cloud.functionProcess("delayed-lane-relay").settings.logicalId,
    moment: "before",
    act: () => held.promise.then(() => "pass" as const),
  });
  await visitor.acts(["One"]);
  await holding.struck;
  await visitor.acts(["Two"]);

  holding.remove();
  held.resolve();

  await untilNotes(system(), visitor, conversation, 2);
  await settled(system());
  expect(visitor.lines(conversation)).toEqual(["Before", "One", "Two"]);
});

it("without the precise lane a schedule wakes the session, later", async () => {
  const { visitor, conversation } = await linked("thrifty");
  const fired = Promise.withResolvers<string>();
  const stop = system().cloud.scheduler.onFiring(({ outcome }) => fired.resolve(outcome));

  await visitor.acts(["One"]);
  await settled(system());
  expect(visitor.notes(conversation)).toHaveLength(1);

  expect(await fired.promise).toBe("delivered");
  stop();
  await untilNotes(system(), visitor, conversation, 2);
  await settled(system());
  expect(visitor.notes(conversation)).toEqual([visitor.note("Before"), visitor.note("One")]);
});
