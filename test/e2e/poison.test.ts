import { inflateRawSync } from "node:zlib";
import { afterEach, expect, it } from "vitest";
import { groupOf, putIntoGroup } from "./support/queue.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

const system = useSystem({ acme: {} }, { redeliversAtOnce: true });

const quarantined = () => system().cloud.queues.messages("MailboxDeadLetters");
let before = 0;

/** The actions of the row that a request writes; empty when it writes none. */
function actionsOf(input: Readonly<Record<string, unknown>>): string {
  const { actions } = (input.Item ?? {}) as { readonly actions?: { readonly B: string } };
  return actions ? inflateRawSync(Buffer.from(actions.B, "base64")).toString("utf8") : "";
}

afterEach(() => {
  before = quarantined().length;
});

it.each([
  ["no JSON", "{"],
  ["no message", JSON.stringify({ hello: "world" })],
])("a body that is %s is put aside, and its group goes on", async (_, body) => {
  const visitor = newVisitor(system());
  const conversation = await visitor.opensChat();
  await settled(system(), { deadLetters: before });

  await visitor.acts(["One"]);
  await putIntoGroup(system(), groupOf(visitor), body);
  await visitor.acts(["Two"]);

  await untilNotes(system(), visitor, conversation, 1);
  await settled(system(), { deadLetters: before + 1 });
  expect(visitor.lines(conversation)).toEqual(["One", "Two"]);
  expect(quarantined().at(-1)).toMatchObject({ body, group: groupOf(visitor) });
});

it("a message of a product that nobody configured is put aside", async () => {
  const actor = { kind: "session", productId: "nobody", sessionId: "s" };
  const message = { type: "link", id: "l", acceptedAt: Date.now(), conversationId: "1" };
  const body = JSON.stringify({ actor, message });

  await putIntoGroup(system(), "S#nobody#s", body);

  await settled(system(), { deadLetters: before + 1 });
  expect(quarantined().at(-1)).toMatchObject({ body });
});

it("messages that kill every worker are put aside; those around them, and the other sessions, are not", async () => {
  const worker = system().cloud.functionProcess("actor-worker");
  const mailbox = system().cloud.eventSource("actor-worker");
  const visitors = [newVisitor(system()), newVisitor(system()), newVisitor(system())] as const;
  const conversations = await Promise.all(visitors.map((visitor) => visitor.opensChat()));
  await settled(system(), { deadLetters: before });
  const deadly = system().cloud.gateway.intercept({
    caller: worker.settings.logicalId,
    operation: "PutItem",
    moment: "before",
    when: ({ input }) => actionsOf(input).includes("Deadly"),
    act({ processId }) {
      worker.kill(processId);
      return "drop";
    },
  });

  // One invocation is handed all of them.
  await mailbox.stop();
  const [first, second, bystander] = visitors;
  const pushed = [
    first.batch(["Deadly head"]),
    first.batch(["One"]),
    second.batch(["Two"]),
    second.batch(["Deadly in the middle"]),
    second.batch(["Three"]),
    bystander.batch(["Four"]),
  ];
  await first.push(pushed);
  mailbox.start();

  await settled(system(), { deadLetters: before + 2 });
  deadly.remove();
  expect(visitors.map((visitor, at) => visitor.lines(conversations[at] ?? ""))).toEqual([
    ["One"],
    ["Two", "Three"],
    ["Four"],
  ]);
  expect(
    quarantined()
      .slice(before)
      .filter(({ body }) => body.includes("Deadly")),
  ).toHaveLength(2);
});
