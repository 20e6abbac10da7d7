import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crashReport, survived } from "./support/crash-report.ts";
import { crashEverywhere, type Story } from "./support/crash-table.ts";
import { type System, startSystem } from "./support/system.ts";
import { settled } from "./support/waiting.ts";

const LANES = 6;

let lanes: readonly System[] = [];

beforeAll(async () => {
  // A second is longer than a turn takes to begin, so that a batch does wait for its silence.
  const documents = { acme: {}, patient: { post_link_debounce_s: 1 } };
  lanes = await Promise.all(Array.from({ length: LANES }, () => startSystem(documents, { redeliversAtOnce: true })));
});

afterAll(() => Promise.all(lanes.map((lane) => lane.close())));

const atLink: Story = {
  name: "the turns that link a session and post what waited",
  productId: "acme",
  async prepare(_, visitor) {
    await visitor.acts(["Opened Reports", "Clicked Export"]);
    return visitor.opensChatUnheard();
  },
  happen: (visitor, conversation) => visitor.announce(conversation),
  expected: (visitor) => [visitor.note("Opened Reports", "Clicked Export")],
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
  expected: (visitor) => [visitor.note("Opened Reports"), visitor.note("Chose a range", "Clicked Export")],
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
});
