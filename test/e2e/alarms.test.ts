import { describe, expect, it } from "vitest";
import type { Interception } from "../../local/interceptions.ts";
import { putIntoDeadlines, wake } from "./support/queue.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

/** How late a schedule is at most. */
const LATE_MS = 1_000;

const system = useSystem(
  // Longer than a turn takes to begin, so that a batch does wait for its silence.
  { acme: { post_link_debounce_s: 0.5 }, thrifty: { post_link_debounce_s: 2, timing: { lane: "scheduler" } } },
  { schedulerLatenessMs: LATE_MS },
);

async function linked(productId = "acme"): Promise<{ readonly visitor: Visitor; readonly conversation: string }> {
  const visitor = newVisitor(system(), productId);
  await visitor.acts(["Before"]);
  const conversation = await visitor.opensChat();
  await untilNotes(system(), visitor, conversation, 1);
  return { visitor, conversation };
}

/** Steps in where a function sends something about this visitor, to a queue. */
const sending = (name: string, { sessionId }: Visitor): Pick<Interception, "caller" | "service" | "when"> => ({
  caller: system().cloud.functionProcess(name).settings.logicalId,
  service: "sqs",
  when: ({ input }) => JSON.stringify(input).includes(sessionId),
});

// One of them waits ten seconds for a schedule: the others do not wait for it.
describe.concurrent("alarms", () => {
  it("that come early wake the session in vain, and the one that it set still comes", async () => {
    const { visitor, conversation } = await linked();

    await visitor.acts(["One"]);
    for (let early = 0; early < 5; early++) await wake(system(), visitor);

    await untilNotes(system(), visitor, conversation, 2);
    await settled(system());
    expect(visitor.notes(conversation)).toEqual([visitor.note("Before"), visitor.note("One")]);
  });

  it("that come twice post one note", async () => {
    const { visitor, conversation } = await linked();
    const doubled: Promise<void>[] = [];
    system().cloud.gateway.intercept({
      ...sending("actor-worker", visitor),
      operation: "SendMessage",
      moment: "after",
      act({ input }) {
        doubled.push(putIntoDeadlines(system(), String(input.MessageBody)));
        return "pass";
      },
    });

    await visitor.acts(["One"]);

    await untilNotes(system(), visitor, conversation, 2);
    await Promise.all(doubled);
    await settled(system());
    expect(doubled.length).toBeGreaterThan(0);
    expect(visitor.notes(conversation)).toEqual([visitor.note("Before"), visitor.note("One")]);
  });

  it("that come late find what has come since, too", async () => {
    const { visitor, conversation } = await linked();
    const held = Promise.withResolvers<void>();
    const holding = system().cloud.gateway.intercept({
      ...sending("delayed-lane-relay", visitor),
      moment: "before",
      act: () => held.promise.then(() => "pass" as const),
    });
    await visitor.acts(["One"]);
    await holding.struck;
    await visitor.acts(["Two"]);

    held.resolve();

    await untilNotes(system(), visitor, conversation, 2);
    await settled(system());
    expect(visitor.lines(conversation)).toEqual(["Before", "One", "Two"]);
  });

  it("of the scheduler's lane alone wake the session, later", async () => {
    const { visitor, conversation } = await linked("thrifty");
    const firings: { readonly outcome: string; readonly notes: number }[] = [];
    const stop = system().cloud.scheduler.onFiring(({ outcome }) =>
      firings.push({ outcome, notes: visitor.notes(conversation).length }),
    );

    await visitor.acts(["One"]);

    await untilNotes(system(), visitor, conversation, 2);
    stop();
    await settled(system());
    expect(firings).toEqual([{ outcome: "delivered", notes: 1 }]);
    expect(visitor.notes(conversation)).toEqual([visitor.note("Before"), visitor.note("One")]);
  });
});
