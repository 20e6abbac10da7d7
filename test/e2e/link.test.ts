import { expect, it } from "vitest";
import { putIntoGroup, recordQueued } from "./support/queue.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

const system = useSystem({ acme: {} });

it("activity before the link: one note carries what waited", async () => {
  const visitor = newVisitor(system());
  await visitor.acts(["Opened Reports"]);
  await visitor.acts(["Chose a range", "Clicked Export"]);

  const conversation = await visitor.opensChat();

  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports", "Chose a range", "Clicked Export")]);
});

it("link before activity: the first actions are noted when the user falls silent", async () => {
  const visitor = newVisitor(system());
  const conversation = await visitor.opensChat();
  await settled(system());

  await visitor.acts(["Opened Reports", "Clicked Export"]);

  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports", "Clicked Export")]);
});

it("a session that no conversation belongs to posts nothing", async () => {
  const visitor = newVisitor(system());
  const { intercom } = system().product("acme");
  const before = intercom.counts();

  await visitor.acts(["Opened Reports"]);
  await visitor.acts(["Clicked Export"]);

  await settled(system());
  expect(intercom.counts()).toEqual(before);
});

it("a user who opens a second conversation: the session stays with the first", async () => {
  const visitor = newVisitor(system());
  await visitor.acts(["Opened Reports"]);
  const first = await visitor.opensChat();
  await untilNotes(system(), visitor, first, 1);

  const second = await visitor.opensChat();
  await settled(system());
  await visitor.acts(["Clicked Export"]);

  await untilNotes(system(), visitor, first, 2);
  await settled(system());
  expect(visitor.notes(first)).toEqual([visitor.note("Opened Reports"), visitor.note("Clicked Export")]);
  expect(visitor.notes(second)).toEqual([]);
});

it("a webhook sent again changes nothing, neither at once nor when the queue has forgotten it", async () => {
  const visitor = newVisitor(system());
  await visitor.acts(["Opened Reports"]);
  const conversation = visitor.opensChatUnheard();
  const notification = visitor.notification(conversation);
  const queued = recordQueued(system());
  await visitor.notify(notification);
  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());

  const again = await visitor.notify(notification);
  for (const { group, body } of queued()) await putIntoGroup(system(), group, body);

  await settled(system());
  expect(again.status).toBe(200);
  expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports")]);
});
