import { expect, it } from "vitest";
import { putIntoGroup, recordQueued } from "./support/queue.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

const system = useSystem({ acme: {} });

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `Action ${at + 1}`);

const notesPosted = (): number =>
  system()
    .product("acme")
    .intercom.counts()
    .filter(({ operation }) => operation === "reply")
    .reduce((sum, { requests }) => sum + requests, 0);

it("a burst of batches becomes a few notes, every action once and in order", async () => {
  const visitor = newVisitor(system());
  const conversation = await visitor.opensChat();
  await settled(system());
  const descriptions = numbered(60);
  const before = notesPosted();

  for (const description of descriptions) await visitor.acts([description]);

  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  expect(visitor.lines(conversation)).toEqual(descriptions);
  expect(notesPosted() - before).toBeLessThan(15);
});

it("a batch of 250 actions is cut for the queue, and its actions stay in order", async () => {
  const visitor = newVisitor(system());
  const descriptions = numbered(250);

  const { body } = await visitor.push(visitor.batch(descriptions));
  const conversation = await visitor.opensChat();

  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  expect(body).toMatchObject({ accepted: 3 });
  expect(visitor.notes(conversation)).toEqual([visitor.note(...descriptions)]);
});

it("a body of several batches: each session gets its own, in the order of the list", async () => {
  const one = newVisitor(system());
  const other = newVisitor(system());

  const { status } = await one.push([one.batch(["A1"]), other.batch(["B1"]), one.batch(["A2"]), other.batch(["B2"])]);
  const [ofOne, ofOther] = [await one.opensChat(), await other.opensChat()];

  await untilNotes(system(), one, ofOne, 1);
  await untilNotes(system(), other, ofOther, 1);
  await settled(system());
  expect(status).toBe(202);
  expect(one.notes(ofOne)).toEqual([one.note("A1", "A2")]);
  expect(other.notes(ofOther)).toEqual([other.note("B1", "B2")]);
});

it("a body sent again is applied once, also when the queue has forgotten it", async () => {
  const visitor = newVisitor(system());
  const conversation = await visitor.opensChat();
  await settled(system());
  const queued = recordQueued(system());
  const batch = visitor.batch(["Clicked Export"]);

  const answers = [await visitor.push(batch), await visitor.push(batch)];
  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  for (const { group, body } of queued()) await putIntoGroup(system(), group, body);
  await settled(system());

  expect(answers[1]).toEqual(answers[0]);
  expect(visitor.notes(conversation)).toEqual([visitor.note("Clicked Export")]);
});

it("markup in what a page was called arrives in the inbox as text", async () => {
  const visitor = newVisitor(system());
  const { intercom } = system().product("acme");
  const descriptions = [
    'Clicked <img src=x onerror="alert(1)">',
    "Typed <script>steal()</script> & </p><b>left</b>",
    "Read &lt;b&gt; as it was written",
  ];
  await visitor.acts(descriptions.slice(0, 1));
  const conversation = await visitor.opensChat();
  await untilNotes(system(), visitor, conversation, 1);

  await visitor.acts(descriptions.slice(1));

  await untilNotes(system(), visitor, conversation, 2);
  await settled(system());
  expect(intercom.partsWithMarkup()).toEqual([]);
  expect(visitor.lines(conversation)).toEqual(descriptions);
});
