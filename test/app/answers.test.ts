import { describe, expect, test } from "vitest";
import { detailOf, eventTypes, hesitate, productWithOffers, stateOf, tap, thinkingWorld } from "../support/offers.ts";
import { productWith } from "../support/product.ts";
import { createWorld, type World } from "../support/world.ts";

const answering = { answers: { enabled: true } };
const written = (text: string) => ({ kind: "written", text }) as const;

/** What the user was told, in order. */
const told = (world: World): readonly string[] =>
  world.chat.comments.filter(({ adminId }) => adminId === "9001").map(({ text }) => text);

/** The user acts, then asks. */
async function askedWorld(document: Record<string, unknown> = answering, text = "How do I export?"): Promise<World> {
  const world = createWorld(document);
  await world.act("s1", ["Opened Reports"]);
  await world.write("c1", { id: "q1", text });
  await world.work();
  return world;
}

describe("a question", () => {
  test("given that answers are on, then a model is asked about it, with what is known of the last one", async () => {
    const world = await askedWorld();
    expect(world.jobs.queued()).toMatchObject([
      {
        kind: "answer",
        conversationId: "c1",
        questions: [{ text: "How do I export?" }],
        since: null,
        through: 1,
      },
    ]);
  });

  test("given that answers are off, as by default, then nobody is asked", async () => {
    const world = await askedWorld({});
    expect(world.jobs.queued()).toEqual([]);
  });

  test("given a message without words, then nobody is asked", async () => {
    const world = await askedWorld(answering, "  ");
    expect(world.jobs.queued()).toEqual([]);
  });

  test("when the answer is written, then the user is told it once, and what they did until then is known", async () => {
    const world = await askedWorld();
    const askedAt = world.clock.now();
    await world.finishJob(written("Click **Export**."));
    await world.advance(1_000);
    expect(told(world)).toEqual(["Click **Export**."]);
    expect(detailOf(world, "answer.posted")).toMatchObject({ questions: 1 });
    await world.write("c1", { id: "q2", text: "And as CSV?" });
    await world.work();
    expect(world.jobs.queued()).toMatchObject([{ questions: [{ text: "And as CSV?" }], since: askedAt }]);
  });

  test("given the same message again, then it is not asked about again", async () => {
    const world = await askedWorld();
    await world.finishJob(written("Click **Export**."));
    await world.advance(3_600_000);
    await world.write("c1", { id: "q1", text: "How do I export?" });
    await world.advance(1_000);
    expect(world.jobs.queued()).toEqual([]);
    expect(told(world)).toHaveLength(1);
  });

  test("given more words before the answer, then one answer is given to all of them", async () => {
    const world = await askedWorld();
    const first = world.jobs.take();
    await world.write("c1", { id: "q2", text: "As CSV, I mean." });
    await world.work();
    if (first) await world.finish(first, written("Of half the question."));
    await world.work();
    expect(told(world)).toEqual([]);
    expect(world.jobs.queued()).toMatchObject([
      { questions: [{ text: "How do I export?" }, { text: "As CSV, I mean." }] },
    ]);
    await world.finishJob(written("Of the whole question."));
    await world.work();
    expect(told(world)).toEqual(["Of the whole question."]);
  });

  test("given another tab of the same user, then only the one that was seen last asks", async () => {
    const world = createWorld(answering);
    await world.act("s1", ["Opened Reports"]);
    await world.advance(1_000);
    await world.act("s2", ["Opened Billing"]);
    await world.work();
    await world.write("c1", { id: "q1", text: "How?" });
    await world.work();
    expect(world.jobs.queued()).toMatchObject([{ actor: { sessionId: "s2" } }]);
  });
});

describe("what is no question for us", () => {
  test("given a message that comes hours late, then it is left to the team", async () => {
    const world = createWorld(answering);
    await world.act("s1", ["Opened Reports"]);
    await world.write("c1", { id: "q1", text: "How?", wroteAt: world.clock.now() - 6 * 3_600_000 });
    await world.work();
    expect(world.jobs.queued()).toEqual([]);
  });

  test("given one that comes again when nobody remembers its id, then it is not answered again", async () => {
    const world = await askedWorld();
    const wroteAt = world.clock.now();
    await world.finishJob(written("So."));
    for (let n = 0; n < 40; n += 1) {
      await world.act("s1", [`step ${n}`]);
      await world.advance(301_000);
    }
    await world.write("c1", { id: "q1", text: "How do I export?", wroteAt });
    await world.work();
    expect(world.jobs.queued()).toEqual([]);
  });

  test("given one of a conversation that the user has left, then it is not answered in the other", async () => {
    const world = createWorld({ ...answering, link: { policy: "latest" } });
    await world.act("s1", ["Opened Reports"]);
    await world.write("c1", { id: "q1", text: "Of the first" });
    await world.work();
    world.clock.advance(1_000);
    await world.write("c2", { id: "q2", text: "Of the second" });
    await world.work();
    const [job] = world.jobs.drain().slice(-1);
    expect(job).toMatchObject({ conversationId: "c2", questions: [{ text: "Of the second" }] });
  });
});

describe("questions that come while an answer is in doubt", () => {
  test.each([3, 5])(
    "given %i of them and as many more, then these are asked about when it is settled",
    async (count) => {
      const world = createWorld(answering);
      await world.act("s1", ["Opened Reports"]);
      const ask = async (prefix: string) => {
        for (let n = 1; n <= count; n += 1) {
          await world.write("c1", { id: `${prefix}${n}`, text: `${prefix}${n}` });
          await world.work();
        }
      };
      await ask("first");
      const job = world.jobs.drain().at(-1);
      world.chat.failNext(["answer-lost"], "answerUser");
      if (job) await world.finish(job, written("One for all."));
      await world.work();
      await ask("second");
      await world.advance(10_000);
      const asked = world.jobs.queued().at(-1);
      const texts = asked?.kind === "answer" ? asked.questions.map(({ text }) => text) : [];
      expect(texts).toEqual(Array.from({ length: count }, (_, at) => `second${at + 1}`));
    },
  );
});

describe("limits", () => {
  test("given a user who never stops, then a model is asked a few times for each answer there may be", async () => {
    const world = createWorld({ answers: { enabled: true, max_per_hour: 2 } });
    await world.act("s1", ["Opened Reports"]);
    for (let n = 0; n < 100; n += 1) {
      await world.write("c1", { id: `q${n}`, text: `Q${n}` });
      await world.advance(5_000);
    }
    expect(world.jobs.queued()).toHaveLength(8);
  });

  test("given long questions, then the session's item stays small", async () => {
    const world = createWorld(answering);
    await world.act("s1", ["Opened Reports"]);
    for (let n = 0; n < 6; n += 1) {
      await world.write("c1", { id: `q${n}`, text: "\u{1f600}".repeat(10_000) });
      await world.work();
    }
    expect(Buffer.byteLength(JSON.stringify(await stateOf(world)))).toBeLessThan(50_000);
  });

  test("given that answers are switched off while a model thinks, then the user is told nothing", async () => {
    const world = await askedWorld();
    world.products.put(productWith({ answers: { enabled: false } }));
    await world.finishJob(written("Too late."));
    await world.advance(10_000);
    expect(told(world)).toEqual([]);
  });
});

describe("an answer", () => {
  test("given a teammate who has replied of late, then it is not sent", async () => {
    const world = await askedWorld();
    world.chat.teammateReplies("c1", "I am on it.");
    await world.advance(60_000);
    await world.finishJob(written("Click Export."));
    await world.work();
    expect(told(world)).toEqual([]);
    expect(detailOf(world, "answer.dropped")).toEqual({ reason: "teammate" });
  });

  test("given a teammate who replied long ago, then it is sent", async () => {
    const world = await askedWorld({ answers: { enabled: true, human_quiet_s: 10 } });
    world.chat.teammateReplies("c1", "I was here.");
    await world.advance(20_000);
    await world.finishJob(written("Click Export."));
    await world.work();
    expect(told(world)).toEqual(["Click Export."]);
  });

  test.each(["answer-lost", "request-lost"] as const)("given %s, then it stands once all the same", async (fault) => {
    const world = await askedWorld();
    world.chat.failNext([fault], "answerUser");
    await world.finishJob(written("Once."));
    await world.advance(60_000);
    expect(told(world)).toEqual(["Once."]);
  });

  test("given a model that never says anything, then the question is left to the team", async () => {
    const world = await askedWorld();
    const job = world.jobs.take();
    await world.advance(100_000);
    expect(detailOf(world, "answer.dropped")).toEqual({ reason: "late" });
    if (job) await world.finish(job, written("Too late."));
    await world.advance(1_000);
    expect(told(world)).toEqual([]);
  });

  test("given an outage longer than the moment, then it is dropped, and the next question is answered", async () => {
    const world = await askedWorld();
    await world.finishJob(written("Of the outage."));
    world.chat.failAll("outage");
    await world.advance(200_000);
    world.chat.failAll(undefined);
    await world.advance(1_000);
    expect(told(world)).toEqual([]);
    await world.write("c1", { id: "q2", text: "Anybody?" });
    await world.work();
    await world.finishJob(written("Here."));
    await world.work();
    expect(told(world)).toEqual(["Here."]);
  });

  test("given as many in an hour as there may be, then no more are asked for", async () => {
    const world = await askedWorld({ answers: { enabled: true, max_per_hour: 2 } });
    await world.finishJob(written("One."));
    for (const id of ["q2", "q3"]) {
      await world.write("c1", { id, text: "Again?" });
      await world.work();
      if (world.jobs.queued().length > 0) await world.finishJob(written(id));
      await world.advance(1_000);
    }
    expect(told(world)).toEqual(["One.", "q2"]);
    await world.advance(3_600_000);
    await world.write("c1", { id: "q4", text: "Again?" });
    await world.work();
    expect(world.jobs.queued()).toHaveLength(1);
  });
});

describe("a tapped chip with a tour", () => {
  const product = { ...productWithOffers(), ...answering };

  test("given answers, then the answer comes first, and the tour is offered after it", async () => {
    const world = await thinkingWorld(product);
    world.jobs.drain();
    await world.advance(100_000);
    await hesitate(world);
    await tap(world, "How do I export?");
    await world.work();
    expect(world.jobs.queued()).toMatchObject([{ questions: [{ text: "How do I export?" }] }]);
    expect(world.chat.offers).toHaveLength(1);
    await world.finishJob(written("Click **Export**."));
    await world.work();
    expect(told(world)).toEqual(["Click **Export**."]);
    expect(world.chat.offers.at(-1)?.body).toContain("show you");
    await tap(world, "Yes");
    await world.work();
    expect(world.jobs.queued()).toEqual([]);
    expect(eventTypes(world)).toContain("answer.posted");
  });

  test("given that the model fails, then the tour is offered all the same", async () => {
    const world = await thinkingWorld(product);
    world.jobs.drain();
    await world.advance(100_000);
    await hesitate(world);
    await tap(world, "How do I export?");
    await world.work();
    await world.finishJob({ kind: "failed", reason: "limited" });
    await world.work();
    expect(world.chat.offers).toHaveLength(2);
  });
});
