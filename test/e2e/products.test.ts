import { expect, it } from "vitest";
import { useSystem } from "./support/system.ts";
import { newVisitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

const system = useSystem({ acme: {}, globex: {} });

it("two products with the same session id never see each other", async () => {
  const sessionId = "the-same-session";
  const ofAcme = newVisitor(system(), "acme", { sessionId });
  const ofGlobex = newVisitor(system(), "globex", { sessionId });
  await ofAcme.acts(["Acme before"]);
  await ofGlobex.acts(["Globex before"]);
  const inAcme = await ofAcme.opensChat();
  const inGlobex = await ofGlobex.opensChat();
  await untilNotes(system(), ofAcme, inAcme, 1);
  await untilNotes(system(), ofGlobex, inGlobex, 1);

  await ofGlobex.acts(["Globex after"]);
  await ofAcme.acts(["Acme after"]);

  await untilNotes(system(), ofAcme, inAcme, 2);
  await untilNotes(system(), ofGlobex, inGlobex, 2);
  await settled(system());
  expect(ofAcme.notes(inAcme)).toEqual([ofAcme.note("Acme before"), ofAcme.note("Acme after")]);
  expect(ofGlobex.notes(inGlobex)).toEqual([ofGlobex.note("Globex before"), ofGlobex.note("Globex after")]);
});

it("a batch in another product's name is refused", async () => {
  const visitor = newVisitor(system(), "acme");

  const { status } = await visitor.push({ ...visitor.batch(["Clicked Export"]), product_id: "globex" });

  expect(status).toBe(400);
});
