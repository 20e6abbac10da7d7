import { describe, expect, test } from "vitest";
import { productWith } from "../support/product.ts";
import { askedWorld, failed, linkedWorld, note, read, typesOf, written } from "../support/summaries.ts";
import type { World } from "../support/world.ts";

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
});

/** An operator resets the user. */
async function reset(world: World): Promise<void> {
  await world.mailbox.send([
    {
      actor: { kind: "person", productId: "acme", identity: { by: "external", value: "user-1" } },
      message: { type: "reset", id: `reset-${world.clock.now()}`, acceptedAt: world.clock.now() },
    },
  ]);
  await world.work();
}

describe("a reset", () => {
  test("given a model that thinks, then what it writes is not posted", async () => {
    const world = await askedWorld();
    await reset(world);
    await world.finishJob(written("Of what is forgotten."));
    await world.advance(1_000);
    expect(read(world)).toHaveLength(3);
    for (const description of ["d", "e", "f"]) await note(world, description);
    expect(world.jobs.queued()).toMatchObject([{ after: 3, through: 6 }]);
  });

  test("given a summary that may not have arrived, then it is not posted afresh", async () => {
    const world = await askedWorld();
    world.chat.failNext(["request-lost"], "postNote");
    await world.finishJob(written("Of what is forgotten."));
    await world.work();
    await reset(world);
    await world.advance(60_000);
    expect(read(world)).toHaveLength(3);
  });

  test("given actions that wait for their note, then they are noted, and no summary tells of them", async () => {
    const world = await linkedWorld();
    world.chat.failAll("outage");
    await world.act("s1", ["forgotten"]);
    await world.advance(500);
    await reset(world);
    world.chat.failAll(undefined);
    await world.advance(10_000);
    expect(read(world)).toContain("[1] forgotten");
    for (const description of ["x", "y", "z"]) await note(world, description);
    expect(world.jobs.queued()).toMatchObject([{ after: 2, through: 5 }]);
  });

  test("given notes that could not be taken away yet, then what lies between two summaries stays", async () => {
    const world = await askedWorld();
    world.chat.failNext(Array(6).fill("outage"), "redactNote");
    await world.finishJob(written("One."));
    await world.work();
    await note(world, "forgotten");
    await reset(world);
    for (const description of ["e", "f", "g"]) await note(world, description);
    await world.finishJob(written("Two."));
    await world.advance(600_000);
    expect(read(world)).toEqual(["One.", "[1] forgotten", "Two."]);
  });
});

describe("summaries that are switched off", () => {
  const off = productWith({ summary_threshold: 0 });

  test("while the model thinks, then the notes stay", async () => {
    const world = await askedWorld();
    world.products.put(off);
    await world.finishJob(written("Too late."));
    await world.advance(60_000);
    expect(read(world)).toHaveLength(3);
  });

  test("while notes wait for the end of a job, then nothing more is asked for", async () => {
    const world = await askedWorld();
    for (const description of ["d", "e", "f"]) await note(world, description);
    world.products.put(off);
    await world.finishJob({ kind: "failed", reason: "limited" });
    await note(world, "g");
    expect(world.jobs.queued()).toEqual([]);
  });

  test("given one in doubt that cannot be looked for until it is given up, then no other tells of the same", async () => {
    const world = await askedWorld({ summary_threshold: 3, delivery: { give_up_after_s: 60 } });
    world.chat.failNext(["answer-lost"], "postNote");
    await world.finishJob(written("Perhaps."));
    world.chat.failAll("outage");
    await world.advance(600_000);
    world.chat.failAll(undefined);
    for (const description of ["d", "e", "f"]) await note(world, description);
    expect(world.jobs.queued()).toMatchObject([{ after: 3, through: 6 }]);
    expect(read(world).slice(0, 4)).toEqual(["[1] Opened Projects", "[1] Opened Reports", "[1] Exported", "Perhaps."]);
  });
});
