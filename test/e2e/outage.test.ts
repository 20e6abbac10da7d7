import { expect, it } from "vitest";
import type { System } from "./support/system.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";
import { settled, untilCalls, untilNotes } from "./support/waiting.ts";

const system = useSystem({ acme: {}, impatient: { delivery: { link_grace_s: 0 } } });

/** A visitor whose conversation is linked, with nothing under way. */
async function linked(productId: string): Promise<{ readonly visitor: Visitor; readonly conversation: string }> {
  const visitor = newVisitor(system(), productId);
  await visitor.acts(["Before"]);
  const conversation = await visitor.opensChat();
  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  return { visitor, conversation };
}

/** What happens while Intercom fails: more actions, some of them while a retry waits. */
async function actThrough(failing: System, visitor: Visitor, descriptions: readonly string[]): Promise<void> {
  for (const description of descriptions) {
    const tried = untilCalls(failing, visitor.productId, 1);
    await visitor.acts([description]);
    await tried;
  }
}

it("Intercom down for a while: afterwards everything is there, once and in order", async () => {
  const { visitor, conversation } = await linked("acme");
  const { intercom } = system().product("acme");
  intercom.fault({ name: "outage" });
  await actThrough(system(), visitor, ["One", "Two", "Three", "Four"]);
  expect(visitor.notes(conversation)).toHaveLength(1);

  intercom.clearFaults();

  await untilNotes(system(), visitor, conversation, 2);
  await settled(system());
  expect(visitor.lines(conversation)).toEqual(["Before", "One", "Two", "Three", "Four"]);
});

it("Intercom down when the user opens the chat: the note at the link comes later", async () => {
  const visitor = newVisitor(system());
  const { intercom } = system().product("acme");
  await visitor.acts(["Opened Reports"]);
  intercom.fault({ name: "error-500" });
  const tried = untilCalls(system(), "acme", 2);
  const conversation = await visitor.opensChat();
  await tried;

  intercom.clearFaults();

  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports")]);
});

it("Intercom asks for patience: the product waits, and nothing is lost", async () => {
  const { visitor, conversation } = await linked("acme");
  const { intercom } = system().product("acme");
  intercom.fault({ name: "rate-limit", count: 1, delayMs: 1_000 });

  await actThrough(system(), visitor, ["One"]);
  await visitor.acts(["Two"]);

  await untilNotes(system(), visitor, conversation, 2);
  await settled(system());
  expect(visitor.lines(conversation)).toEqual(["Before", "One", "Two"]);
  expect(intercom.counts()).toContainEqual({ operation: "reply", ending: 429, requests: 1 });
});

it("the access token is revoked and a new one is set: nothing is lost meanwhile", async () => {
  const { visitor, conversation } = await linked("acme");
  const { intercom } = system().product("acme");
  intercom.setTokens(["renewed"]);
  await actThrough(system(), visitor, ["One"]);
  await visitor.acts(["Two"]);

  system().setAccessToken("acme", "renewed");

  await untilNotes(system(), visitor, conversation, 2);
  await settled(system());
  expect(visitor.lines(conversation)).toEqual(["Before", "One", "Two"]);
});

it("a conversation that Intercom does not know yet: its note comes when it does", async () => {
  const visitor = newVisitor(system());
  const { intercom } = system().product("acme");
  await visitor.acts(["Opened Reports"]);
  intercom.fault({ name: "conversation-lag", delayMs: 60_000 });
  const tried = untilCalls(system(), "acme", 2);
  const conversation = await visitor.opensChat();
  await tried;
  expect(visitor.notes(conversation)).toEqual([]);

  intercom.clearFaults();

  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports")]);
});

it("a conversation that was deleted is let go, and its successor gets what waited", async () => {
  const { visitor, conversation } = await linked("impatient");
  await system().product("impatient").deleteConversation(conversation);
  await actThrough(system(), visitor, ["Acted on"]);
  await settled(system());

  const next = await visitor.opensChat();

  await untilNotes(system(), visitor, next, 1);
  await settled(system());
  expect(visitor.notes(next)).toEqual([visitor.note("Acted on")]);
  expect(
    system()
      .cloud.events.recorded()
      .map(({ detailType }) => detailType),
  ).toContain("link.dropped");
});
