import { expect, it } from "vitest";
import { useSystem } from "./support/system.ts";
import { newVisitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

const system = useSystem({ acme: {} });

it("a conversation that a batch names is believed when Intercom says it is this person's", async () => {
  const visitor = newVisitor(system());
  const conversation = visitor.opensChatUnheard();

  await visitor.acts(["Clicked Export"], { conversation_id: conversation });

  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  expect(visitor.notes(conversation)).toEqual([visitor.note("Clicked Export")]);
});

it("a conversation that is somebody else's gets nothing, and the session still finds its own", async () => {
  const visitor = newVisitor(system());
  const stranger = newVisitor(system());
  const foreign = stranger.opensChatUnheard();

  await visitor.acts(["Clicked Export"], { conversation_id: foreign });
  await settled(system());
  const own = await visitor.opensChat();

  await untilNotes(system(), visitor, own, 1);
  await settled(system());
  expect(visitor.notes(own)).toEqual([visitor.note("Clicked Export")]);
  expect(stranger.notes(foreign)).toEqual([]);
});
