import { describe, expect, it } from "vitest";
import { useCommandLine } from "../support/command-line.ts";
import { useSystem } from "../support/system.ts";
import { newVisitor, type Visitor } from "../support/visitor.ts";
import { settled, untilNotes } from "../support/waiting.ts";

const system = useSystem({ acme: {} });
const cli = useCommandLine(system);

type Shown = {
  readonly link: { readonly conversationId: string };
  readonly person: { readonly value: string };
  readonly batches: number;
  readonly posted_through: number;
  readonly rows: readonly { readonly n: number; readonly actions: readonly { readonly description: string }[] }[];
  readonly notes: readonly { readonly through: number }[];
};

const show = (visitor: Visitor, ...more: string[]) =>
  cli().run(["session", "show", "acme", visitor.sessionId, "--json", ...more]);

async function linkedVisitor() {
  const visitor = newVisitor(system());
  await visitor.acts(["Wrote to jane.roe@example.com", "Opened Reports"]);
  const conversation = await visitor.opensChat();
  await untilNotes(system(), visitor, conversation, 1);
  await settled(system());
  return { visitor, conversation };
}

describe("session show", () => {
  it("tells the link, what was noted, and the last rows", async () => {
    const { visitor, conversation } = await linkedVisitor();

    const { code, json } = await show(visitor);

    expect({ code, ...json<object>() }).toMatchObject({
      code: 0,
      link: { conversationId: conversation },
      batches: 1,
      posted_through: 1,
      slots: { note: null, claim: null },
      rows: [{ n: 1, actions: [{}, { description: "Opened Reports" }] }],
      notes: [{ through: 1, conversationId: conversation }],
    });
  });

  it("masks e-mail addresses and the person, unless they are asked for", async () => {
    const { visitor } = await linkedVisitor();

    const masked = await show(visitor);
    const revealed = (await show(visitor, "--reveal")).json<Shown>();

    expect(masked.out).not.toContain("jane.roe@example.com");
    expect(masked.out).not.toContain(visitor.userId);
    expect(revealed.person.value).toBe(visitor.userId);
    expect(revealed.rows[0]?.actions[0]?.description).toBe("Wrote to jane.roe@example.com");
  });

  it("says when nothing is remembered", async () => {
    const { code, out } = await show(newVisitor(system()));
    expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining("Nothing is remembered") });
  });
});

describe("session erase", () => {
  it("leaves nothing of a session and its person, and says what it cannot reach", async () => {
    const { visitor } = await linkedVisitor();

    const { code, json } = await cli().run(["session", "erase", "acme", visitor.sessionId, "--yes", "--json"]);

    // The session's item, one row, one note, and the person's item.
    expect({ code, ...json<object>() }).toMatchObject({ code: 0, items_deleted: 4 });
    expect(json<{ not_erased: string[] }>().not_erased.join()).toMatch(/Intercom.*backups/s);
    expect((await show(visitor)).code).toBe(1);
  });

  it("finds a person's session by the person", async () => {
    const { visitor } = await linkedVisitor();

    const { json } = await cli().run(["session", "erase", "acme", "--person", visitor.userId, "--yes", "--json"]);

    expect(json()).toMatchObject({ items_deleted: 4 });
    expect((await show(visitor)).code).toBe(1);
  });

  it("lets an erased session begin anew: without its link, and without what it did", async () => {
    const { visitor, conversation } = await linkedVisitor();
    await cli().run(["session", "erase", "acme", visitor.sessionId, "--yes"]);

    await visitor.acts(["Came back"]);
    await settled(system());

    expect((await show(visitor)).json<Shown>()).toMatchObject({ link: null, batches: 1, notes: [] });
    expect(visitor.notes(conversation)).toHaveLength(1);
  });

  it("asks for --yes without a terminal, and for either a session or a person", async () => {
    const { visitor } = await linkedVisitor();
    expect((await cli().run(["session", "erase", "acme", visitor.sessionId])).code).toBe(2);
    expect((await cli().run(["session", "erase", "acme", "--yes"])).code).toBe(2);
    expect((await show(visitor)).code).toBe(0);
  });
});
