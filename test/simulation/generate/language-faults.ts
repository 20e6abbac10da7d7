import type { Chance } from "../chance.ts";
import { type Fault, modelEffects, type PlatformEffect, platformEffects, sides } from "../fault.ts";
import { jobSteps, languageSteps, type Step } from "../step.ts";

/** When there may be something to summarise, and something to answer. */
export type LanguageMoments = { readonly workedMs: readonly number[]; readonly askedMs: readonly number[] };

const HOUR_MS = 3_600_000;

/**
 * Faults of the calls that summarise and answer, at the moments at which they are made.
 *
 * @param onlyModel that nothing fails but the model, or is slow
 */
export function generateLanguageFaults(
  chance: Chance,
  moments: readonly LanguageMoments[],
  onlyModel: boolean,
): readonly Fault[] {
  const all = moments.flatMap(({ workedMs, askedMs }) => [...workedMs, ...askedMs]);
  const firstMs = Math.min(...all);
  const soon = () => Math.max(0, chance.pick(all) + chance.between(-300, 6_000));
  const from = () => (chance.maybe(0.5) ? firstMs : soon());
  const model = (): Fault => ({
    type: "model",
    effect: chance.pick(modelEffects),
    forMs: chance.pick([20_000, 180_000, HOUR_MS]),
    times: chance.pick([1, 2, 3, 1_000]),
    atMs: from(),
  });
  const outage = (): Fault => ({
    type: "model",
    effect: chance.pick(["outage", "timeout", "slow", "slow", "limited", "unauthorized", "html", "empty"]),
    forMs: HOUR_MS,
    times: 1_000_000,
    atMs: firstMs,
  });
  if (onlyModel) return [chance.maybe(0.6) ? outage() : model()];

  const answers = (step: Step, effect: PlatformEffect, times: number, atMs = from()): Fault => {
    return { type: "platform", effect, forMs: Number.MAX_SAFE_INTEGER, times, atMs, step };
  };
  const crash = (role: "worker" | "language", step: Step, times = 1): Fault => {
    return { type: "crash", role, step, side: chance.pick(sides), times, atMs: from() };
  };
  const overlaps = (count: number, mostMs: number, role?: "language"): readonly Fault[] => {
    const atMs = from();
    return Array.from(
      { length: count },
      () =>
        ({
          ...{ type: "visibility", afterMs: chance.between(20, mostMs), atMs },
          ...(role ? { role } : {}),
        }) as const,
    );
  };
  const standstill = (role: "worker" | "language", step: Step): Fault => ({
    ...{ type: "freeze", role, step, atMs: from() },
    forMs: chance.pick([2_000, 12_000, 40_000, 75_000, 150_000]),
    zombie: chance.maybe(0.5),
  });
  const lost = () => chance.pick(["answer-lost", "request-lost", "gateway", "slow"] as const);
  const summaryInDoubt = () => [
    answers("post summary", lost(), chance.between(1, 3), firstMs),
    chance.maybe(0.6)
      ? answers("find summary", chance.pick(platformEffects), chance.pick([1, 2, 1_000]), firstMs)
      : { ...crash("worker", chance.pick(["find summary", "read summaries"])), atMs: firstMs },
  ];
  const answerInDoubt = () => [
    answers("send answer", lost(), 1, firstMs),
    chance.maybe(0.6)
      ? answers("find answer", chance.pick(platformEffects), chance.pick([1, 2, 1_000]), firstMs)
      : { ...crash("worker", "find answer"), atMs: firstMs },
  ];
  const ofNote: readonly Step[] = ["post note", "post summary", "write note row", "write item", "write summary row"];

  const kinds: readonly (() => readonly Fault[])[] = [
    () => [model()],
    () => [model()],
    () => [outage()],
    () => [crash("worker", chance.pick(languageSteps))],
    () => [crash("worker", chance.pick(languageSteps))],
    () => [crash("worker", chance.pick(ofNote), chance.pick([1, 1, 3]))],
    () => [{ ...crash("language", chance.pick(["read summaries", "read turns", "claim message"])), atMs: firstMs }],
    () => [crash("language", chance.pick(jobSteps), chance.pick([1, 1, 2, 5]))],
    () => [crash("language", chance.pick(jobSteps))],
    // A summary in doubt, and trouble with the look.
    ...[summaryInDoubt, summaryInDoubt, answerInDoubt, answerInDoubt],
    () => [answers("post summary", chance.pick(platformEffects), chance.between(1, 3))],
    () => [answers("post note", chance.pick(platformEffects), chance.between(1, 3), soon())],
    () => [answers("redact note", chance.pick(platformEffects), chance.pick([1, 3, 20]))],
    () => [answers("redact note", chance.pick(platformEffects), chance.pick([1, 3, 20]))],
    () => [answers("send answer", chance.pick(platformEffects), chance.pick([1, 2]))],
    () => [answers("read turns", chance.pick(platformEffects), chance.pick([1, 3, 1_000]))],
    () => [standstill("language", chance.pick(jobSteps))],
    () => [standstill("worker", chance.pick(languageSteps)), ...overlaps(6, 3_000)],
    // A job that cannot be queued.
    () => [{ type: "aws", effect: "throttled", step: "send job", times: chance.pick([3, 3, 30]), atMs: firstMs }],
    () => overlaps(4, 3_000, "language"),
    () => overlaps(8, 3_000),
    () => [{ type: "undeleted", role: "language", atMs: from() }],
    () => [{ type: "workers-down", role: "language", forMs: chance.pick([20_000, 100_000, 900_000]), atMs: from() }],
    () => [
      {
        type: "aws",
        effect: chance.pick(["throttled", "answer-lost", "request-lost", "slow"]),
        step: chance.pick([...languageSteps, ...jobSteps]),
        times: chance.pick([1, 3, 9]),
        atMs: from(),
      },
    ],
  ];
  return Array.from({ length: chance.between(1, 4) }, () => chance.pick(kinds)()).flat();
}
