import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { DeadLetters } from "../../../lambdas/app/ports.ts";

export type DeadLettersUnderTest = {
  readonly deadLetters: DeadLetters;
  /** All that stands there, in order. */
  letters(): Promise<readonly { readonly body: string; readonly group: string; readonly reason: string }[]>;
};

/** What dead letters do, whatever they are made of. */
export function deadLettersContract(open: () => DeadLettersUnderTest): void {
  let deadLetters: DeadLetters;
  let letters: DeadLettersUnderTest["letters"];

  beforeAll(() => {
    ({ deadLetters, letters } = open());
  });

  test("a letter keeps its body, group and reason, and stands there once however often it is given up", async () => {
    const group = `S#acme#${randomUUID()}`;
    const first = { body: "{not json", group, id: "m-1", reason: "not in the shape of a message" };
    const other = { ...first, id: "m-2", body: "{}" };
    await deadLetters.quarantine(first);
    await deadLetters.quarantine(other);
    await deadLetters.quarantine(first);
    const found = (await letters()).filter((letter) => letter.group === group);
    expect(found.map(({ body, reason }) => ({ body, reason }))).toEqual([
      { body: first.body, reason: first.reason },
      { body: other.body, reason: other.reason },
    ]);
  });
}
