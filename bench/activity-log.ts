import { createDynamoActorStore } from "../lambdas/adapters/dynamodb/actor-store.ts";
import { systemRandom } from "../lambdas/adapters/system/random.ts";
import type { ActivityRow } from "../lambdas/domain/activity/activity-row.ts";
import type { SessionActor } from "../lambdas/domain/actor/actor.ts";
import type { SessionState } from "../lambdas/domain/session/state.ts";
import { variable } from "../lambdas/environment.ts";
import { acme } from "../local/acme.ts";
import type { System } from "./system.ts";
import { tableClient } from "./table-client.ts";

export type ActivityLog = Disposable & {
  /** A session's rows as the worker reads them: up to the counter in its item, in order. */
  read(sessionId: string): Promise<readonly ActivityRow[]>;
  /** A session's item; undefined for one that has none. */
  state(sessionId: string): Promise<SessionState | undefined>;
};

export function openActivityLog(system: Pick<System, "cloud">): ActivityLog {
  const client = tableClient(system);
  const { variables } = system.cloud.functionProcess("actor-worker").settings;
  const store = createDynamoActorStore({
    client,
    tableName: variables[variable.tableName] ?? "",
    random: systemRandom,
  });
  const actorOf = (sessionId: string): SessionActor => ({ kind: "session", productId: acme.productId, sessionId });
  async function state(sessionId: string): Promise<SessionState | undefined> {
    const loaded = await store.load(actorOf(sessionId), Date.now());
    return loaded.state as SessionState | undefined;
  }
  return {
    async read(sessionId) {
      const through = (await state(sessionId))?.appended ?? 0;
      const rows: ActivityRow[] = [];
      const range = { after: 0, through, newestFirst: false };
      for await (const row of store.activity(actorOf(sessionId), range)) rows.push(row);
      return rows;
    },
    state,
    [Symbol.dispose]: () => client.destroy(),
  };
}
