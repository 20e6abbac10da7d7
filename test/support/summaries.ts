import type { JobResult } from "../../lambdas/domain/language/job.ts";
import { createWorld, type World } from "./world.ts";

export const failed: JobResult = { kind: "failed", reason: "limited" };
export const written = (text: string): JobResult => ({ kind: "written", text });

/** A linked session whose notes are made of one action each. */
export async function linkedWorld(document: Record<string, unknown> = { summary_threshold: 3 }): Promise<World> {
  const world = createWorld(document);
  await world.act("s1", ["Opened Projects"]);
  await world.write("c1");
  await world.advance(1_000);
  return world;
}

export async function note(world: World, description: string): Promise<void> {
  await world.act("s1", [description]);
  await world.advance(1_000);
}

/** Three notes stand, and a summary is asked for. */
export async function askedWorld(document?: Record<string, unknown>): Promise<World> {
  const world = await linkedWorld(document);
  await note(world, "Opened Reports");
  await note(world, "Exported");
  return world;
}

/** What an agent reads, in order: notes whose text was taken away are left out. */
export const read = (world: World): readonly string[] =>
  world.chat.notes.filter(({ redactedAt }) => redactedAt === undefined).map(({ text }) => text.split("\n\n")[1] ?? "");

export const typesOf = (world: World): readonly string[] => world.events.published().map(({ type }) => type);
