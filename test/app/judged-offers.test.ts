import { expect, test } from "vitest";
import type { JobResult } from "../../lambdas/domain/language/job.ts";
import {
  detailOf,
  entryWith,
  eventTypes,
  hesitate,
  pingPong,
  productWithOffers,
  thinkingWorld,
} from "../support/offers.ts";

const judged = (more: object = {}) => ({
  integration_config: { proactive_intercom: { messages: pingPong.messages } },
  proactive: { cooldown_period_s: 30, judge: { enabled: true, ...more } },
});

const says = (answer: object): JobResult => ({ kind: "written", text: JSON.stringify(answer) });
const yes = says({ send: true, proactive_valid_timing: true, short_user_message: "Shall I show you the export?" });
const no = says({ send: false, proactive_valid_timing: true, short_user_message: "Hello" });

test("given a trigger that a judge decides on, when it fires, then the judge is asked, and nothing is shown yet", async () => {
  const world = await thinkingWorld(judged());
  await hesitate(world);
  expect(world.jobs.queued()).toMatchObject([
    { kind: "judge", triggerId: "canonical_url_ping_pong", chips: ["How do I export?", "Something else"] },
  ]);
  expect(world.chat.offers).toEqual([]);
});

test("when the judge agrees, then the offer is made in its words, with the chips of the trigger", async () => {
  const world = await thinkingWorld(judged());
  await hesitate(world);
  await world.finishJob(yes);
  await world.work();
  expect(world.chat.offers).toMatchObject([
    { body: "Shall I show you the export?", options: [{ text: "How do I export?" }, { text: "Something else" }] },
  ]);
});

test("when it does not, then nothing is shown, and the reason is published", async () => {
  const world = await thinkingWorld(judged());
  await hesitate(world);
  await world.finishJob(no);
  await world.advance(60_000);
  expect(world.chat.offers).toEqual([]);
  expect(detailOf(world, "offer.suppressed")).toMatchObject({ reason: "judge" });
});

test("when it fails, then the fallback decides", async () => {
  for (const [fallback, offers] of [
    ["send", 1],
    ["skip", 0],
  ] as const) {
    const world = await thinkingWorld(judged({ fallback }));
    await hesitate(world);
    await world.finishJob({ kind: "failed", reason: "limited" });
    await world.work();
    expect(world.chat.offers).toHaveLength(offers);
  }
});

test("when it says nothing while the moment lasts, then the moment is over, and its word comes too late", async () => {
  const world = await thinkingWorld(judged());
  await hesitate(world);
  const job = world.jobs.take();
  await world.advance(10_000);
  expect(detailOf(world, "offer.suppressed")).toMatchObject({ reason: "late" });
  if (job) await world.finish(job, yes);
  await world.advance(1_000);
  expect(world.chat.offers).toEqual([]);
});

test("when the user writes while it thinks, then the offer has missed its moment", async () => {
  const world = await thinkingWorld(judged());
  await hesitate(world);
  await world.write("c1", { id: "w", text: "I have a question" });
  await world.work();
  await world.finishJob(yes);
  await world.work();
  expect(world.chat.offers).toEqual([]);
  expect(detailOf(world, "offer.suppressed")).toMatchObject({ reason: "moved_on" });
});

test("given criteria, which say what the customer wants word for word, then no judge is asked", async () => {
  const world = await thinkingWorld(
    productWithOffers(entryWith({ type: "url_contains", value: "plans" }), { judge: { enabled: true } }),
  );
  await hesitate(world);
  expect(world.jobs.queued()).toEqual([]);
  expect(world.chat.offers).toHaveLength(1);
});

test("when it does not, then it is not asked again at each step of a user who goes on", async () => {
  const world = await thinkingWorld(judged());
  for (let step = 0; step < 20; step += 1) {
    await hesitate(world);
    if (world.jobs.queued().length > 0) await world.finishJob(no);
    await world.advance(2_000);
  }
  expect(eventTypes(world).filter((type) => type === "offer.suppressed").length).toBeLessThanOrEqual(2);
});

test("given a limit, then only what the judge agrees to counts", async () => {
  const limits = { limits: { session_per_hour: 1 }, min_interval_s: 0, cooldown_period_s: 1 };
  const world = await thinkingWorld({ ...judged(), proactive: { judge: { enabled: true }, ...limits } });
  for (const answer of [no, no, yes]) {
    await hesitate(world);
    await world.finishJob(answer);
    await world.advance(120_000);
  }
  expect(world.chat.offers).toHaveLength(1);
});
