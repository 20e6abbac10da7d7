import { expect, it } from "vitest";
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
