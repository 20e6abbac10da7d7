import { beforeAll, describe, expect, it } from "vitest";
import { userReplied } from "../../local/fake-intercom/notification.ts";
import { signWebhook } from "../../local/sign.ts";
import {
  greet,
  helpChip,
  hesitation,
  isDeleted,
  memoryOf,
  offering,
  offersIn,
  otherChip,
  toldBy,
  untilRemembered,
  untilTold,
  visits,
} from "./support/offers.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";

/** Longer than any of these tests: what waits so long is not over when it is looked at. */
const LONG_S = 600;
const DWELL_S = 2;
const SHORT_S = 1;
const MOST_A_MINUTE = 3;

const system = useSystem({
  acme: offering({ waitS: LONG_S }),
  /** Its app has an older version, in which webhooks do not name the tapped option. */
  older: offering({ waitS: LONG_S }),
  dwelling: offering({ waitS: LONG_S, criteria: { type: "user_page_dwell", threshold_s: DWELL_S } }),
  ignored: offering({ waitS: SHORT_S }),
  thrifty: offering({ waitS: SHORT_S, more: { timing: { lane: "scheduler" } } }),
  /** Nobody tells it what users write. */
  deaf: offering({ waitS: SHORT_S }),
  ruthless: offering({ waitS: SHORT_S, proactive: { idle_teardown: "always" } }),
  forgetful: offering({ waitS: LONG_S }),
  /** A second and a third try, then it is too late. */
  down: offering({ waitS: LONG_S, more: { delivery: { retry_initial_s: 4, retry_max_s: 4 } } }),
  guarded: offering({ waitS: LONG_S, proactive: { limits: { product_per_minute: MOST_A_MINUTE } } }),
});

beforeAll(() => {
  for (const [productId, version] of [["acme"], ["ignored"], ["older", "2.13"]] as const) {
    const { intercom, clientSecret } = system().product(productId);
    intercom.subscribe({ url: `${system().cloud.url}/chatbot-webhook/${productId}`, clientSecret, version });
  }
});

type Offered = { readonly visitor: Visitor; readonly conversation: string };

/** A visitor to whom the product has written, and who hesitates. */
async function hesitates(productId: string): Promise<Offered> {
  const visitor = newVisitor(system(), productId);
  const conversation = greet(system(), visitor);
  await visits(visitor, conversation, hesitation);
  return { visitor, conversation };
}

/** A visitor who was offered help. */
async function offered(productId = "acme"): Promise<Offered> {
  const given = await hesitates(productId);
  await untilTold(system(), given.visitor, ["offer.shown"]);
  return given;
}

/** The visitor taps the chip that asks for help, and is asked about the tour. */
async function askedAboutTour(productId = "acme"): Promise<Offered> {
  const given = await offered(productId);
  system().product(productId).intercom.tapOption(given.conversation, helpChip);
  await untilTold(system(), given.visitor, ["offer.shown"], 2);
  return given;
}

const labelsOf = ({ visitor, conversation }: Offered): readonly (readonly string[])[] =>
  offersIn(system(), visitor, conversation).map(({ options }) => options.map(({ text }) => text));

const typesOf = ({ visitor }: Offered): readonly string[] => toldBy(system(), visitor).map(({ type }) => type);

describe.concurrent("an offer", () => {
  it("is shown when what the user does calls for it", async () => {
    const given = await offered();

    expect(labelsOf(given)).toEqual([[helpChip, otherChip]]);
    expect((await memoryOf(system(), given.visitor)).manners?.agent.mode).toBe("proactive_assistance");
  });

  it("is shown when silence calls for it, without a further action", async () => {
    const visitor = newVisitor(system(), "dwelling");
    const conversation = greet(system(), visitor);
    await visits(visitor, conversation, ["/invoice"]);

    const { detail } = await untilTold(system(), visitor, ["offer.fired"]);
    await untilTold(system(), visitor, ["offer.shown"]);

    const { lastAcceptedAt } = await memoryOf(system(), visitor);
    expect(Date.parse(String(detail.at)) - lastAcceptedAt).toBeGreaterThanOrEqual(DWELL_S * 1_000);
    expect(labelsOf({ visitor, conversation })).toEqual([[helpChip, otherChip]]);
  });

  it("is tried while Intercom is down, and never sent late", async () => {
    const { intercom } = system().product("down");
    intercom.fault({ name: "outage", operation: "offer" });
    const given = await hesitates("down");

    const { detail } = await untilTold(system(), given.visitor, ["offer.suppressed"]);
    intercom.clearFaults();

    expect(detail).toMatchObject({ reason: "late" });
    expect(labelsOf(given)).toEqual([]);
    expect((await memoryOf(system(), given.visitor)).manners).toMatchObject({
      agent: { mode: "thinking" },
      offer: null,
    });
  });

  it("is shown once when Intercom's answer is lost", async () => {
    system().product("forgetful").intercom.fault({ name: "drop-after", operation: "offer", count: 1 });

    const given = await offered("forgetful");

    expect(labelsOf(given)).toEqual([[helpChip, otherChip]]);
    expect((await memoryOf(system(), given.visitor)).manners?.agent.mode).toBe("proactive_assistance");
  });

  it("is made as often as a product allows in a minute, however many sessions ask at once", async () => {
    const asking = await Promise.all(Array.from({ length: 12 }, () => hesitates("guarded")));

    const ends = await Promise.all(
      asking.map(async ({ visitor }) => {
        const { type } = await untilTold(system(), visitor, ["offer.shown", "offer.suppressed"]);
        const fired = await untilTold(system(), visitor, ["offer.fired"]);
        return { type, minute: Math.floor(Date.parse(String(fired.detail.at)) / 60_000) };
      }),
    );

    // Minutes are the clock's, and the sessions may have asked in two of them.
    for (const ofMinute of Map.groupBy(ends, ({ minute }) => minute).values()) {
      const shown = ofMinute.filter(({ type }) => type === "offer.shown");
      expect(shown).toHaveLength(Math.min(MOST_A_MINUTE, ofMinute.length));
    }
    expect(asking.flatMap(labelsOf)).toHaveLength(ends.filter(({ type }) => type === "offer.shown").length);
  });
});

describe.concurrent("the user's turn", () => {
  it("a tapped chip asks for an answer, and with a tour, whether to be shown", async () => {
    const given = await askedAboutTour();

    expect(toldBy(system(), given.visitor).find(({ type }) => type === "answer.requested")?.detail).toMatchObject({
      by: "chip",
      chip: "export",
    });
    expect(labelsOf(given)).toEqual([
      [helpChip, otherChip],
      ["Yes", "No"],
    ]);
  });

  it("a tap is known by its option alone, whatever its text", async () => {
    const { visitor, conversation } = await offered();
    const [shown] = offersIn(system(), visitor, conversation);
    const { contactId, userId: externalId } = visitor;
    const writer = { conversationId: conversation, contactId, externalId, name: "Jane Roe" };
    const opening = { partId: conversation, text: "Welcome!", atMs: Date.now(), adminId: "9001" };
    const reply = { partId: "1", text: "(an option)", atMs: Date.now(), optionUuid: shown?.options[1]?.uuid };

    await visitor.notify(signWebhook(userReplied(writer, opening, reply), system().product("acme").clientSecret));

    expect((await untilTold(system(), visitor, ["offer.tapped"])).detail).toMatchObject({ chip: "talk" });
  });

  it("a tap is known by its label alone, where webhooks do not name the option", async () => {
    const { visitor, conversation } = await offered("older");

    const tapped = system().product("older").intercom.tapOption(conversation, otherChip);

    expect(tapped.text).toBe(otherChip);
    expect((await untilTold(system(), visitor, ["offer.tapped"])).detail).toMatchObject({ chip: "talk" });
  });

  it("free text instead of a chip asks for an answer, and the chips are over", async () => {
    const given = await offered();

    system().product("acme").intercom.userReplies(given.conversation, "What does it cost?");

    const { detail } = await untilTold(system(), given.visitor, ["answer.requested"]);
    expect(detail).toMatchObject({ by: "text" });
    expect(typesOf(given)).not.toContain("offer.tapped");
    // Who gives answers is told before the session remembers, so that no answer is missed.
    await untilRemembered(system(), given.visitor, ({ manners }) => manners?.shown === null);
  });

  it("yes launches the tour, for the session of the page", async () => {
    const given = await askedAboutTour();

    system().product("acme").intercom.tapOption(given.conversation, "Yes");

    const { detail } = await untilTold(system(), given.visitor, ["tour.launched"]);
    expect(detail).toMatchObject({ session_id: given.visitor.sessionId, flow_id: "tour-export" });
  });

  it("no launches nothing, and help goes on", async () => {
    const given = await askedAboutTour();

    system().product("acme").intercom.tapOption(given.conversation, "No");

    await untilTold(system(), given.visitor, ["tour.declined"]);
    expect(typesOf(given)).not.toContain("tour.launched");
    expect((await memoryOf(system(), given.visitor)).manners?.agent.mode).toBe("proactive_assistance");
  });
});

describe.concurrent("an ignored offer", () => {
  it("is over at its timeout, by an alarm for that very moment, and the conversation that we opened goes", async () => {
    const alarms: number[] = [];
    const deadlines = system().cloud.queues.url("DelayedLaneQueue");
    const stop = system().cloud.gateway.observe(({ operation, input }) => {
      const isAlarm = operation === "SendMessage" && input.QueueUrl === deadlines;
      if (isAlarm) alarms.push(JSON.parse(String(input.MessageBody)).dueAt);
    });

    const { visitor, conversation } = await offered("ignored");
    const { detail } = await untilTold(system(), visitor, ["offer.ignored"]);
    stop();

    const shown = toldBy(system(), visitor).find(({ type }) => type === "offer.shown");
    expect(alarms).toContain(Date.parse(String(shown?.detail.at)) + SHORT_S * 1_000 + 1);
    expect(detail.after_ms).toBeGreaterThan(SHORT_S * 1_000);
    expect(isDeleted(system(), visitor, conversation)).toBe(true);
    expect(await memoryOf(system(), visitor)).toMatchObject({ link: null, manners: { agent: { mode: "thinking" } } });
  });

  it("is over by the scheduler's lane alone, where a product has no other", async () => {
    const firings: string[] = [];
    const stop = system().cloud.scheduler.onFiring(({ outcome }) => firings.push(outcome));

    const { visitor } = await offered("thrifty");
    const { detail } = await untilTold(system(), visitor, ["offer.ignored"]);
    stop();

    expect(firings).toContain("delivered");
    expect(detail.after_ms).toBeGreaterThan(SHORT_S * 1_000);
  });

  it("leaves the conversation that the user opened", async () => {
    const visitor = newVisitor(system(), "ignored");
    await visitor.acts(["Signed in"]);
    const conversation = visitor.opensChatUnheard();
    // Writing is an interaction: the agent reacts first, and offers nothing until that is over.
    await untilRemembered(
      system(),
      visitor,
      ({ manners }) => manners?.agent.mode === "thinking" && manners.agent.lastInteractionAt > 0,
    );
    await visits(visitor, conversation, hesitation);

    await untilTold(system(), visitor, ["offer.ignored"]);

    expect(isDeleted(system(), visitor, conversation)).toBe(false);
    expect((await memoryOf(system(), visitor)).link).toMatchObject({ conversationId: conversation });
  });

  it("leaves the conversation in which a person wrote, although nobody told us", async () => {
    const visitor = newVisitor(system(), "deaf");
    const conversation = greet(system(), visitor);
    system().product("deaf").intercom.userReplies(conversation, "Thanks!");
    await visits(visitor, conversation, hesitation);

    await untilTold(system(), visitor, ["offer.ignored"]);

    expect(isDeleted(system(), visitor, conversation)).toBe(false);
  });

  it("takes every conversation away where the product wants it so", async () => {
    const visitor = newVisitor(system(), "ruthless");
    const conversation = visitor.opensChatUnheard();
    await visits(visitor, conversation, hesitation);

    await untilTold(system(), visitor, ["offer.ignored"]);

    expect(isDeleted(system(), visitor, conversation)).toBe(true);
  });
});
