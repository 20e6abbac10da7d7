import { afterEach, expect, it } from "vitest";
import { useCommandLine } from "../support/command-line.ts";
import { groupOf, putIntoDeadJobs, putIntoGroup } from "../support/queue.ts";
import { useSystem } from "../support/system.ts";
import { newVisitor, type Visitor } from "../support/visitor.ts";
import { settled, untilNotes, untilTurnsEnd } from "../support/waiting.ts";

const system = useSystem({ acme: {} });
const cli = useCommandLine(system);

type Letter = {
  readonly id: string;
  readonly group: string;
  readonly kind: string;
  readonly product_id: string;
  readonly reason: string;
};

const list = async (): Promise<readonly Letter[]> =>
  (await cli().run(["dlq", "list", "--json"])).json<{ letters: readonly Letter[] }>().letters;

const dead = () => system().cloud.queues.messages("MailboxDeadLetters");

/** Batches that reach the worker while it does not know their product are set aside. */
async function quarantined(batches: readonly (readonly [Visitor, string])[]): Promise<void> {
  const { cloud } = system();
  const mailbox = cloud.eventSource("actor-worker");
  const before = dead().length;
  await mailbox.stop();
  for (const [visitor, description] of batches) await visitor.acts([description]);
  cloud.functionProcess("actor-worker").kill();
  cloud.putParameter("/throughline/e2e/product-ids", "(none)");
  mailbox.start();
  await settled(system(), { deadLetters: before + batches.length });
  cloud.putParameter("/throughline/e2e/product-ids", "acme");
  for (const name of ["actor-worker", "actions-receiver", "chat-webhook-receiver"]) cloud.functionProcess(name).kill();
}

afterEach(async () => {
  await cli().run(["dlq", "redrive", "--all"]);
  // What was redriven is not to meet the next test's unknown product.
  await untilTurnsEnd(system());
});

it("a quarantined batch is listed with its reason, and looking changes nothing", async () => {
  const visitor = newVisitor(system());
  await quarantined([[visitor, "Opened Reports"]]);

  const letters = await list();

  expect(letters).toEqual([
    expect.objectContaining({
      group: groupOf(visitor),
      kind: "actions",
      product_id: "acme",
      reason: "the product is not configured",
    }),
  ]);
  expect(await list()).toMatchObject([{ id: letters[0]?.id }]);
  const shown = await cli().run(["dlq", "show", letters[0]?.id ?? "", "--json"]);
  expect(shown.json()).toMatchObject({ actions: 1, body: null });
  expect(shown.out).not.toContain("Opened Reports");
});

it("redriving a group brings its batches into the conversation, in order, each once", async () => {
  const visitor = newVisitor(system());
  const other = newVisitor(system());
  await quarantined([
    [visitor, "One"],
    [other, "Another's"],
    [visitor, "Two"],
  ]);
  const bodies = dead().filter(({ group }) => group === groupOf(visitor));
  const conversation = await visitor.opensChat();
  await settled(system(), { deadLetters: 3 });

  const { code, json } = await cli().run(["dlq", "redrive", "--group", groupOf(visitor), "--json"]);

  expect({ code, redriven: json<{ redriven: object[] }>().redriven.length }).toEqual({ code: 0, redriven: 2 });
  await untilNotes(system(), visitor, conversation, 1);
  // The same messages once more, as a redrive whose deletion failed would leave them.
  for (const { body } of bodies) await putIntoGroup(system(), groupOf(visitor), body);
  await settled(system(), { deadLetters: 1 });
  expect(visitor.lines(conversation)).toEqual(["One", "Two"]);
  expect(await list()).toMatchObject([{ group: groupOf(other) }]);
});

it("redriving one message leaves the others where they are", async () => {
  const visitor = newVisitor(system());
  const other = newVisitor(system());
  await quarantined([
    [visitor, "Opened Reports"],
    [other, "Another's"],
  ]);
  const chosen = (await list()).find(({ group }) => group === groupOf(visitor));

  const { code } = await cli().run(["dlq", "redrive", "--id", chosen?.id ?? ""]);

  expect(code).toBe(0);
  await settled(system(), { deadLetters: 1 });
  expect(await list()).toMatchObject([{ group: groupOf(other) }]);
});

it("a job that is dead is listed as what it was to write, and redriven to its worker, which nobody waits for", async () => {
  const { productId, sessionId } = newVisitor(system());
  const { queues, logs } = system().cloud;
  const late = { kind: "summary", id: "late", askedAt: 1, notAfter: 2, after: 0, through: 1 } as const;
  await putIntoDeadJobs(system(), { ...late, actor: { kind: "session", productId, sessionId } });

  expect(await list()).toMatchObject([{ kind: "summary", product_id: "acme", queue: "jobs" }]);
  const { code } = await cli().run(["dlq", "redrive", "--all", "--queue", "jobs"]);

  expect(code).toBe(0);
  const isTaken = () => logs.lines().some(({ line }) => line.includes('"job.late"') && line.includes(sessionId));
  await queues.until(() => isTaken() && queues.messages("JobsQueue").length === 0, 20_000);
  expect(await list()).toEqual([]);
});

it("without a choice nothing is redriven", async () => {
  expect((await cli().run(["dlq", "redrive"])).code).toBe(2);
  expect((await cli().run(["dlq", "redrive", "--all", "--queue", "others"])).code).toBe(2);
  expect((await cli().run(["dlq", "redrive", "--id", "none"])).code).toBe(1);
});

it("what is no message of ours is listed as such, and what comes back is not redriven for ever", async () => {
  const mailbox = system().cloud.eventSource("actor-worker");
  for (const _ of ["once", "twice"]) await putIntoGroup(system(), "S#acme#x", '{"hello":"world"}');
  await settled(system(), { deadLetters: 2 });
  await mailbox.stop();

  expect((await list())[0]).toMatchObject({
    product_id: null,
    kind: "not a message of ours",
    reason: "the message is not an envelope",
  });
  const { code, json } = await cli().run(["dlq", "redrive", "--all", "--json"]);

  mailbox.start();
  expect({ code, ...json<object>() }).toMatchObject({ code: 1, redriven: [{}], came_back: 1 });
  await settled(system(), { deadLetters: 2 });
});
