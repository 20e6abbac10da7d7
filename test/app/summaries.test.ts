import { describe, expect, test } from "vitest";
import type { JobResult } from "../../lambdas/domain/language/job.ts";
import { createWorld, type World } from "../support/world.ts";

const c1 = "c1";
const failed: JobResult = { kind: "failed", reason: "limited" };
const written = (text: string): JobResult => ({ kind: "written", text });

/** A linked session whose notes are made of one action each. */
async function linkedWorld(document: Record<string, unknown> = { summary_threshold: 3 }): Promise<World> {
  const world = createWorld(document);
  await world.act("s1", ["Opened Projects"]);
  await world.write(c1);
  await world.advance(1_000);
  return world;
}

async function note(world: World, description: string): Promise<void> {
  await world.act("s1", [description]);
  await world.advance(1_000);
}

/** Three notes stand, and a summary is asked for. */
async function askedWorld(document?: Record<string, unknown>): Promise<World> {
  const world = await linkedWorld(document);
  await note(world, "Opened Reports");
  await note(world, "Exported");
  return world;
}

/** What an agent reads, in order: notes whose text was taken away are left out. */
const read = (world: World): readonly string[] =>
  world.chat.notes.filter(({ redactedAt }) => redactedAt === undefined).map(({ text }) => text.split("\n\n")[1] ?? "");

const typesOf = (world: World): readonly string[] => world.events.published().map(({ type }) => type);

describe("a summary", () => {
  test("given as many actions in notes as the product wants, then one summary of their rows is asked for", async () => {
    const world = await askedWorld();
    expect(world.jobs.queued()).toMatchObject([
      { kind: "summary", after: 0, through: 3, actor: { sessionId: "s1", productId: "acme" } },
    ]);
  });

  test("given fewer, then none is asked for", async () => {
    const world = await linkedWorld();
    await note(world, "Opened Reports");
    expect(world.jobs.queued()).toEqual([]);
  });

  test("given a product that wants none, then none is asked for", async () => {
    const world = await askedWorld({ summary_threshold: 0 });
    expect(world.jobs.queued()).toEqual([]);
  });

  test("when it is written, then it is posted with the header of a note, and the notes of its rows are taken away", async () => {
    const world = await askedWorld();
    await world.finishJob(written("Looked at reports, exported one."));
    await world.advance(1_000);
    expect(read(world)).toEqual(["Looked at reports, exported one."]);
    expect(world.chat.notes.at(-1)?.text).toMatch(/^session_id: s1\ntimestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n\n/);
    expect(typesOf(world)).toContain("summary.posted");
  });

  test("given what was noted while the model thought, then its note stays", async () => {
    const world = await askedWorld();
    await note(world, "Opened Billing");
    await world.finishJob(written("Exported a report."));
    await world.advance(1_000);
    expect(read(world)).toEqual(["[1] Opened Billing", "Exported a report."]);
  });

  test("given more notes than one summary is made of while the model thinks, then the next one ends where enough stand", async () => {
    const world = await askedWorld();
    for (const description of ["d", "e", "f", "g"]) await note(world, description);
    await world.finishJob(written("One."));
    await world.work();
    expect(world.jobs.queued()).toMatchObject([{ after: 3, through: 6 }]);
  });

  test("given notes that came while the model failed, then it is asked again with the first of them", async () => {
    const world = await askedWorld();
    for (const description of ["d", "e"]) await note(world, description);
    await world.finishJob(failed);
    await world.work();
    expect(world.jobs.queued()).toMatchObject([{ after: 0, through: 4 }]);
    await world.finishJob(failed);
    await world.work();
    expect(world.jobs.queued()).toMatchObject([{ after: 0, through: 5 }]);
    await world.finishJob(failed);
    await world.advance(60_000);
    expect(world.jobs.queued()).toEqual([]);
  });

  test("given very many notes while the model thinks, then summaries end where enough stand all the same", async () => {
    const world = await askedWorld();
    for (let n = 4; n <= 15; n++) await note(world, `step ${n}`);
    const ends: unknown[] = [];
    for (const text of ["One.", "Two.", "Three."]) {
      await world.finishJob(written(text));
      await world.work();
      ends.push(world.jobs.queued().map((job) => "through" in job && job.through));
    }
    expect(ends).toEqual([[6], [9], [12]]);
  });

  test("given a model that fails five times in a row, then it is spared for a while, however many notes come", async () => {
    const world = await askedWorld();
    for (const description of ["d", "e", "f", "g"]) {
      await world.finishJob(failed);
      await note(world, description);
      expect(world.jobs.queued()).toHaveLength(1);
    }
    await world.finishJob(failed);
    for (const description of ["h", "i", "j"]) await note(world, description);
    expect(world.jobs.queued()).toEqual([]);
    await world.advance(30_000);
    await note(world, "k");
    expect(world.jobs.queued()).toMatchObject([{ after: 0, through: 8 }]);
  });

  test("given a second threshold, then its range begins where the first has ended", async () => {
    const world = await askedWorld();
    await world.finishJob(written("One."));
    for (const description of ["d", "e", "f"]) await note(world, description);
    expect(world.jobs.queued()).toMatchObject([{ after: 3, through: 6 }]);
    await world.finishJob(written("Two."));
    await world.advance(1_000);
    expect(read(world)).toEqual(["One.", "Two."]);
  });

  test("given that the model fails, then the notes stay, and the next note asks for all of them", async () => {
    const world = await askedWorld();
    await world.finishJob(failed);
    await world.advance(600_000);
    expect(world.jobs.queued()).toEqual([]);
    await note(world, "Opened Billing");
    expect(world.jobs.queued()).toMatchObject([{ after: 0, through: 4 }]);
    expect(read(world)).toHaveLength(4);
  });

  test("given a job that nobody hears of, then it is given up, and its result comes too late", async () => {
    const world = await askedWorld();
    const [job] = world.jobs.drain();
    await world.advance(600_000);
    await note(world, "Opened Billing");
    expect(world.jobs.queued()).toMatchObject([{ after: 0, through: 4 }]);
    if (job) await world.finish(job, written("Too late."));
    await world.advance(1_000);
    expect(read(world)).toHaveLength(4);
  });

  test("given that the summary is refused, then no note is taken away", async () => {
    const world = await askedWorld();
    world.chat.failNext(["rejected"], "postNote");
    await world.finishJob(written("Refused."));
    await world.advance(60_000);
    expect(read(world)).toHaveLength(3);
    expect(typesOf(world)).toContain("summary.dropped");
  });

  test.each(["answer-lost", "request-lost"] as const)(
    "given %s, then it is looked for, stands once, and its notes go",
    async (fault) => {
      const world = await askedWorld();
      world.chat.failNext([fault], "postNote");
      await world.finishJob(written("Once."));
      await world.advance(60_000);
      expect(read(world)).toEqual(["Once."]);
      expect(world.chat.notes.filter(({ text }) => text.endsWith("Once."))).toHaveLength(1);
    },
  );

  test("given a reset while the model thinks, then what it writes is not posted", async () => {
    const world = await askedWorld();
    await world.mailbox.send([
      {
        actor: { kind: "person", productId: "acme", identity: { by: "external", value: "user-1" } },
        message: { type: "reset", id: "reset-1", acceptedAt: world.clock.now() },
      },
    ]);
    await world.advance(1_000);
    await world.finishJob(written("Of what is forgotten."));
    await world.advance(1_000);
    expect(read(world)).toHaveLength(3);
    for (const description of ["d", "e", "f"]) await note(world, description);
    expect(world.jobs.queued()).toMatchObject([{ after: 3, through: 6 }]);
  });
});

describe("taking notes away", () => {
  test("given one that fails, then the others go at once, and it goes later", async () => {
    const world = await askedWorld();
    world.chat.failNext(["outage"], "redactNote");
    await world.finishJob(written("S."));
    await world.work();
    expect(read(world)).toHaveLength(2);
    await world.advance(60_000);
    expect(read(world)).toEqual(["S."]);
  });

  test("given one that is refused for good, then it stays, and is not asked again", async () => {
    const world = await askedWorld();
    world.chat.failNext(["rejected"], "redactNote");
    await world.finishJob(written("S."));
    await world.advance(86_400_000);
    expect(read(world)).toEqual(["[1] Opened Projects", "S."]);
    expect(world.chat.calls.filter(({ operation }) => operation === "redactNote")).toHaveLength(3);
  });

  test("given an outage of hours, then all go afterwards, and what came meanwhile stays", async () => {
    const world = await askedWorld();
    await world.finishJob(written("S."));
    world.chat.failAll("outage");
    await world.advance(1_000);
    await world.advance(3_600_000);
    world.chat.failAll(undefined);
    await world.advance(3_600_000);
    expect(read(world)).toEqual(["S."]);
  });

  test("given more notes than a round takes, then all go", async () => {
    const world = await linkedWorld({ summary_threshold: 35 });
    for (let n = 2; n <= 35; n++) await note(world, `step ${n}`);
    await world.finishJob(written("S."));
    await world.advance(1_000);
    expect(read(world)).toEqual(["S."]);
  });
});
