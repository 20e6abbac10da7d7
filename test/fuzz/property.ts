import type fc from "fast-check";
import type { Ground } from "./system.ts";

/** A promise of the edges, as a campaign tries to break it. */
export type FuzzProperty = {
  readonly name: string;
  /** How often `npm test` tries; a longer campaign says for itself. */
  readonly runs: number;
  readonly property: (ground: Ground) => fc.IAsyncProperty<unknown> | fc.IProperty<unknown>;
};

/** @throws Error unless it holds. Plain, for a campaign runs it without a test runner too. */
export function mustBe(actual: unknown, expected: unknown, what: string): void {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  throw new Error(`${what}: ${JSON.stringify(actual)} where ${JSON.stringify(expected)} was expected`);
}
