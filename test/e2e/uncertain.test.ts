import { describe, expect, it } from "vitest";
import type { FaultName } from "../../local/fake-intercom/faults.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

const system = useSystem({ acme: {} });

const answersLost: readonly FaultName[] = ["drop-after", "hang-after", "bad-gateway", "malformed"];
const requestsLost: readonly FaultName[] = ["drop-before", "error-500"];

describe("Intercom has written the note and the worker does not hear of it: one note", () => {
  it.each(answersLost)("%s", async (name) => {
    const visitor = newVisitor(system());
    await visitor.acts(["Opened Reports"]);
    system().product("acme").intercom.fault({ name, count: 1, operation: "reply" });

    const conversation = await visitor.opensChat();
    await untilNotes(system(), visitor, conversation, 1);
    await settled(system());
    await visitor.acts(["Clicked Export"]);

    await untilNotes(system(), visitor, conversation, 2);
    await settled(system());
    expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports"), visitor.note("Clicked Export")]);
  });
});

describe("Intercom has not written the note and the worker cannot know: one note", () => {
  it.each(requestsLost)("%s", async (name) => {
    const visitor = newVisitor(system());
    await visitor.acts(["Opened Reports"]);
    system().product("acme").intercom.fault({ name, count: 1, operation: "reply" });

    const conversation = await visitor.opensChat();

    await untilNotes(system(), visitor, conversation, 1);
    await settled(system());
    expect(visitor.notes(conversation)).toEqual([visitor.note("Opened Reports")]);
  });
});

describe("equal actions a while apart are two notes", () => {
  it.each([undefined, ...answersLost, ...requestsLost])("the answer to the second: %s", async (name) => {
    const visitor = newVisitor(system());
    const batch = visitor.batch(["Clicked Export"]);
    await visitor.push(batch);
    const conversation = await visitor.opensChat();
    await untilNotes(system(), visitor, conversation, 1);
    await settled(system());
    if (name) system().product("acme").intercom.fault({ name, count: 1, operation: "reply" });

    await visitor.push({ ...batch, forwarded_at: visitor.startS + 60 });

    await untilNotes(system(), visitor, conversation, 2);
    await settled(system());
    const note = visitor.note("Clicked Export");
    expect(visitor.notes(conversation)).toEqual([note, note]);
  });
});
