import type { Mutation } from "./mutation.ts";

/** Mutations of how a change is made durable. */
export const storeMutations: readonly Mutation[] = [
  {
    name: "unconditional-write",
    file: "lambdas/adapters/dynamodb/commit.ts",
    find: "if (await put(table, item, ifVersionIs(commit.version)))",
    replace: "if (await put(table, item, {}))",
    breaks: "of two workers on one version the second fails",
  },
  {
    name: "conflict-ignored",
    file: "lambdas/adapters/dynamodb/commit.ts",
    find: 'return (await lastWriter(table, actor)) === writer ? "committed" : "conflict";',
    replace: 'return (await lastWriter(table, actor)) === "" ? "conflict" : "committed";',
    breaks: "a turn that was overtaken knows it",
  },
  {
    name: "expired-as-new",
    file: "lambdas/adapters/dynamodb/items.ts",
    find: 'version: readNumber(item, "version"),',
    replace: 'version: expired ? 0 : readNumber(item, "version"),',
    breaks: "an expired item that TTL has not deleted yet can be written on",
  },
  {
    name: "pages-end-at-the-first",
    file: "lambdas/adapters/dynamodb/actor-store.ts",
    find: "      yield* page.value.Items ?? [];",
    replace: "      yield* page.value.Items ?? [];\n      return;",
    breaks: "all rows that wait are read",
  },
  {
    name: "tell-after-commit",
    file: "lambdas/app/commit.ts",
    find: `  const queued = told.length === 0 ? 0 : (await mailbox.send(told)).size;
  if (queued < told.length) throw new RetryableError("failed", "an actor could not be told");
  const asked = change.effects.flatMap((effect) => (effect.type === "ask" ? [effect.job] : []));
  if (asked.length > 0) await jobs.send(asked);
  const news = change.effects.flatMap((effect) => (effect.type === "push" ? [effect] : []));
  const pushed = news.flatMap(({ push, toEndpoint }) => (toEndpoint ? [push] : []));
  if (pushed.length > 0) await pushes.send(pushed);
  if (news.length > 0) {
    await feed.tell(
      actor.productId,
      news.map(({ push }) => push),
    );
  }
  const announced = change.effects.flatMap((effect) => (effect.type === "announce" ? [effect.event] : []));
  if (announced.length > 0) await events.announce(announced);

  const { version, loadedAt } = memory;
  const { state, notes, summaries = [], pageRows = [], expiresAt } = change;
  const rows = change.effects.flatMap((effect) => (effect.type === "append" ? [effect.row] : []));
  const result = await store.commit(actor, { version, loadedAt, state, expiresAt, rows, notes, summaries, pageRows });
  if (result === "conflict") return "conflict";
`,
    replace: `  const asked = change.effects.flatMap((effect) => (effect.type === "ask" ? [effect.job] : []));
  if (asked.length > 0) await jobs.send(asked);
  const news = change.effects.flatMap((effect) => (effect.type === "push" ? [effect] : []));
  const pushed = news.flatMap(({ push, toEndpoint }) => (toEndpoint ? [push] : []));
  if (pushed.length > 0) await pushes.send(pushed);
  if (news.length > 0) {
    await feed.tell(
      actor.productId,
      news.map(({ push }) => push),
    );
  }
  const announced = change.effects.flatMap((effect) => (effect.type === "announce" ? [effect.event] : []));
  if (announced.length > 0) await events.announce(announced);

  const { version, loadedAt } = memory;
  const { state, notes, summaries = [], pageRows = [], expiresAt } = change;
  const rows = change.effects.flatMap((effect) => (effect.type === "append" ? [effect.row] : []));
  const result = await store.commit(actor, { version, loadedAt, state, expiresAt, rows, notes, summaries, pageRows });
  if (result === "conflict") return "conflict";
  const queued = told.length === 0 ? 0 : (await mailbox.send(told)).size;
  if (queued < told.length) throw new RetryableError("failed", "an actor could not be told");
`,
    breaks: "what one actor tells another survives a failure",
  },
  {
    name: "one-key-for-all-products",
    file: "lambdas/domain/actor/keys.ts",
    find: "S#${actor.productId",
    replace: "S#${actor.sessionId",
    breaks: "a session of one product never meets another product's",
  },
];
