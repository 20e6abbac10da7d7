import { expect, it } from "vitest";
import { activityItem, readActivity } from "../../../lambdas/adapters/dynamodb/items.ts";
import { rowOf, T0 } from "../../support/session.ts";

const session = { kind: "session", productId: "acme", sessionId: "s1" } as const;
const turn = { loadedAt: T0, expiresAt: T0 + 86_400_000 };

it("given a row with whatever text, when it is read again, then it is the same", () => {
  const row = rowOf(7, ["opened “Zoë’s” report 📈", "pressed Export", ""]);
  expect(readActivity(activityItem(session, row, turn))).toEqual(row);
});

it("given a row that was stored before rows were compressed, then it is read", () => {
  const row = rowOf(7, ["opened the report"]);
  const older = { ...activityItem(session, row, turn), actions: { S: JSON.stringify(row.actions) } };
  expect(readActivity(older)).toEqual(row);
});

it("given actions of one page, then they take up less than half of their text", () => {
  const row = rowOf(7, ["opened the report", "changed the range of dates", "pressed Export"]);
  const stored = activityItem(session, row, turn).actions?.B;
  expect(stored?.byteLength).toBeLessThan(JSON.stringify(row.actions).length / 2);
});
