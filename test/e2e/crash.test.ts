import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isKept } from "./support/crash.ts";
import { crashReport, endingOf, survived } from "./support/crash-report.ts";
import { crashEverywhere, type Story } from "./support/crash-table.ts";
import { greet, hesitation, isDeleted, memoryOf, offering, offersIn, untilTold, visits } from "./support/offers.ts";
import { type System, startSystem } from "./support/system.ts";
import type { Visitor } from "./support/visitor.ts";
import { settled } from "./support/waiting.ts";

const LANES = 6;

let lanes: readonly System[] = [];

beforeAll(async () => {
  // A second is longer than a turn takes to begin, so that a batch does wait for its silence.
  const documents = {
    acme: {},
    patient: { post_link_debounce_s: 1 },
    // A silence is over at once: the note comes with the offer, in the same turn.
    offering: offering({
      waitS: 1,
      proactive: { idle_teardown: "never", limits: { session_per_hour: 100 } },
      more: { post_link_debounce_s: 0 },
    }),
    tidy: offering({ waitS: 2, more: { post_link_debounce_s: 0 } }),
  };
  lanes = await Promise.all(Array.from({ length: LANES }, () => startSystem(documents, { redeliversAtOnce: true })));
});

afterAll(() => Promise.all(lanes.map((lane) => lane.close())));

const atLink: Story = {
  name: "the turns that link a session and post what waited",
  productId: "acme",
  async prepare(system, visitor) {
    await visitor.acts(["Opened Reports", "Clicked Export"]);
    await settled(system);
    return visitor.opensChatUnheard();
  },
  happen: (visitor, conversation) => visitor.announce(conversation),
  found: (_, visitor, conversation) => visitor.notes(conversation),
  expected: (visitor) => ({ "same notes": [visitor.note("Opened Reports", "Clicked Export")] }),
};

const afterSilence: Story = {
  name: "the turns from a batch to the note after its silence",
  productId: "patient",
  async prepare(system, visitor) {
    await visitor.acts(["Opened Reports"]);
    const conversation = await visitor.opensChat();
    await settled(system);
    return conversation;
  },
  happen: (visitor) => visitor.acts(["Chose a range", "Clicked Export"]),
  found: (_, visitor, conversation) => visitor.notes(conversation),
  expected: (visitor) => ({
    "same notes": [visitor.note("Opened Reports"), visitor.note("Chose a range", "Clicked Export")],
  }),
};

/** A visitor to whom the product has written, and whose session knows it. */
async function greeted(system: System, visitor: Visitor): Promise<string> {
  const conversation = greet(system, visitor);
  await visits(visitor, conversation, ["/dashboard"]);
  await settled(system);
  return conversation;
}

/** What the user was shown, and what the session thinks that they were shown. */
async function shownAndKnown(system: System, visitor: Visitor, conversation: string): Promise<readonly string[]> {
  const { manners, link } = await memoryOf(system, visitor);
  const { agent, offer } = manners ?? {};
  return [
    `offers: ${offersIn(system, visitor, conversation).length}`,
    `offers known: ${manners?.lastOfferAt ? 1 : 0}`,
    `help ended: ${agent?.mode === "thinking" && agent.cooldown !== null}`,
    `unsettled: ${offer?.step ?? "nothing"}`,
    `conversation: ${isDeleted(system, visitor, conversation) ? "deleted" : "there"}, ${link ? "linked" : "not linked"}`,
  ];
}

const offered = ["offers: 1", "offers known: 1", "help ended: true", "unsettled: nothing"];
const notOffered = ["offers: 0", "offers known: 0", "help ended: false", "unsettled: nothing"];

const ofNotes = ["post note", "write note row", "publish note.posted"];

const offer: Story = {
  name: "the turns that offer help, and end it when it is ignored",
  productId: "offering",
  prepare: greeted,
  happen: (visitor, conversation) => visits(visitor, conversation, hesitation),
  spares: (step) => isKept(step) || ofNotes.includes(step),
  found: async (system, visitor, conversation) => [
    ...(await shownAndKnown(system, visitor, conversation)),
    ...visitor.lines(conversation),
  ],
  expected: () => {
    const rest = ["conversation: there, linked", "Opened /dashboard", ...hesitation.map((page) => `Opened ${page}`)];
    // Whoever dies around the call may have made it: an offer is not sent again, and its moment passes.
    return { offered: [...offered, ...rest], "not offered": [...notOffered, ...rest] };
  },
};

const teardown: Story = {
  name: "the turns that take the conversation of an ignored offer away",
  productId: "tidy",
  async prepare(system, visitor) {
    const conversation = await greeted(system, visitor);
    await visits(visitor, conversation, hesitation);
    // The note follows the offer, in the same turn.
    await untilTold(system, visitor, ["note.posted"], 2);
    return conversation;
  },
  // Time passes.
  happen: async () => undefined,
  spares: (step) => isKept(step) || ofNotes.includes(step),
  found: shownAndKnown,
  expected: () => ({ "taken away": [...offered, "conversation: deleted, not linked"] }),
};

describe("a process killed before or after any network call of a turn loses nothing and doubles nothing", () => {
  it(atLink.name, async () => {
    const { steps, crashes } = await crashEverywhere(lanes, atLink);
    process.stdout.write(crashReport(atLink.name, crashes));

    expect(crashes.filter((crash) => !survived(crash)).map(({ point }) => point)).toEqual([]);
    expect(crashes).toHaveLength(2 * steps.length);
    expect(new Set(steps)).toEqual(
      new Set([
        "read index",
        "read product",
        "read pause",
        "load person",
        "tell session",
        "commit person",
        "load session",
        "read rows",
        "commit session",
        "publish session.linked",
        "post note",
        "write note row",
        "publish note.posted",
      ]),
    );
  });

  it(afterSilence.name, async () => {
    const { steps, crashes } = await crashEverywhere(lanes, afterSilence);
    process.stdout.write(crashReport(afterSilence.name, crashes));

    expect(crashes.filter((crash) => !survived(crash)).map(({ point }) => point)).toEqual([]);
    expect(crashes).toHaveLength(2 * steps.length);
    expect(new Set(steps)).toEqual(
      new Set([
        "read index",
        "read product",
        "read pause",
        "load session",
        "arm alarm",
        "arm schedule",
        "write row",
        "commit session",
        "tell session",
        "read rows",
        "post note",
        "write note row",
        "publish note.posted",
      ]),
    );
  });

  it(offer.name, async () => {
    const { steps, crashes } = await crashEverywhere(lanes, offer);
    process.stdout.write(crashReport(offer.name, crashes));

    expect(crashes.filter((crash) => !survived(crash)).map(({ point }) => point)).toEqual([]);
    expect(crashes.filter((crash) => endingOf(crash) === "offered").length).toBeGreaterThan(crashes.length / 2);
    expect(new Set(steps)).toEqual(
      new Set([
        "load session",
        "read rows",
        "read circuit",
        "take place",
        "arm alarm",
        "arm schedule",
        "write row",
        "commit session",
        "publish offer.evaluated",
        "post offer",
        "publish offer.shown",
        "tell session",
        "publish offer.ignored",
      ]),
    );
  });

  it(teardown.name, async () => {
    const { steps, crashes } = await crashEverywhere(lanes, teardown);
    process.stdout.write(crashReport(teardown.name, crashes));

    expect(crashes.filter((crash) => !survived(crash)).map(({ point }) => point)).toEqual([]);
    expect(new Set(steps)).toEqual(
      new Set([
        "tell session",
        "load session",
        "commit session",
        "read conversation",
        "delete conversation",
        "publish offer.ignored",
      ]),
    );
  });
});
