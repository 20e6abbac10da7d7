import { expect, it } from "vitest";
import { readSession } from "../../cli/actor-memory.ts";
import { freshSession } from "../../lambdas/domain/session/state.ts";
import { createMemoryActorStore } from "../support/memory/actor-store.ts";

const actor = { kind: "session", productId: "acme", sessionId: "s1" } as const;
const NOW = 1_767_225_600_000;

it("what an older release stored of a session is read with what came since as in a fresh one", async () => {
  const store = createMemoryActorStore();
  expect(await readSession(store, actor, NOW)).toBeUndefined();

  const { stream: _, forgottenThrough: __, ...older } = { ...freshSession, appended: 3 };
  await store.commit(actor, {
    version: 0,
    loadedAt: NOW,
    state: older,
    expiresAt: NOW + 1_000,
    rows: [],
    notes: [],
    summaries: [],
    pageRows: [],
  });

  expect(await readSession(store, actor, NOW)).toEqual({ ...freshSession, appended: 3 });
});
