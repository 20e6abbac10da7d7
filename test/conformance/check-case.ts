import type { Adapter, Adapters } from "./adapter.ts";
import { type Difference, mayBeListed } from "./difference.ts";
import { decode, isSame } from "./values.ts";
import type { VectorCase } from "./vector-file.ts";

/** What the runner knows of the product. */
export type Knowledge = {
  readonly adapters: Adapters;
  readonly notYetBuilt: ReadonlySet<string>;
  /** Why there is no counterpart, by function. */
  readonly outOfScope: ReadonlyMap<string, string>;
  readonly differences: readonly Difference[];
};

export type Verdict =
  | { readonly kind: "passed" }
  /** Differs from the reference exactly as listed. */
  | { readonly kind: "listed" }
  | { readonly kind: "not-yet-built" }
  | { readonly kind: "out-of-scope"; readonly why: string }
  | { readonly kind: "failed"; readonly why: string };

type Outcome = { readonly result: unknown } | { readonly thrown: unknown };

/** Errors by which JavaScript says that code is wrong. They never stand for a validation of the reference. */
const crashes = [TypeError, ReferenceError, SyntaxError];
const deliberateErrors = new Set(["ValueError", "SdkConfigError", "InvalidTransitionError", "InvalidSnapshotError"]);

/**
 * Runs one case.
 *
 * @param difference the entry of the list that names this case.
 * @param lenient for files never seen: an entry of the list may be out of date.
 */
export async function checkCase(
  one: VectorCase,
  { adapters, notYetBuilt, outOfScope }: Knowledge,
  difference: Difference | undefined,
  lenient: boolean,
): Promise<Verdict> {
  const adapter = Object.hasOwn(adapters, one.fn) ? adapters[one.fn] : undefined;
  if (!adapter) {
    if (notYetBuilt.has(one.fn)) return { kind: "not-yet-built" };
    const why = outOfScope.get(one.fn);
    return why === undefined ? failed(`no adapter knows ${one.fn}`) : { kind: "out-of-scope", why };
  }
  if (notYetBuilt.has(one.fn)) return failed(`${one.fn} has an adapter, and is listed as not yet built`);
  if (outOfScope.has(one.fn)) return failed(`${one.fn} has an adapter, and is listed as out of scope`);

  const without = adapter.withoutCounterpart?.(decode(one.input));
  if (without !== undefined) {
    return difference ? failed("is listed as different, and is out of scope") : { kind: "out-of-scope", why: without };
  }

  const outcome = await run(adapter, one);
  if (agrees(one, adapter, outcome)) {
    return difference && !lenient
      ? failed("is listed as different, and agrees: take it off the list")
      : { kind: "passed" };
  }
  if (!difference) return failed(`expected ${wanted(one, adapter)}\n    got ${shown(outcome)}`);
  if (!isAsListed(difference, outcome)) return failed(`differs in another way than listed\n    got ${shown(outcome)}`);
  if (!difference.row && !mayBeListed(one.tags)) {
    return failed("has no tag that may be listed, and the list names no row of what is deliberately different");
  }
  return { kind: "listed" };
}

async function run({ run: call, contract }: Adapter, { input }: VectorCase): Promise<Outcome> {
  try {
    const result = await call(decode(input));
    return { result: contract ? contract(result, decode(input)) : result };
  } catch (thrown) {
    return { thrown };
  }
}

function agrees(one: VectorCase, adapter: Adapter, outcome: Outcome): boolean {
  if (one.error === undefined) return "result" in outcome && isSame(outcome.result, expectedOf(one, adapter));
  if (!("thrown" in outcome)) return false;
  const deliberate = deliberateErrors.has(one.error) && !one.tags.includes("accidental-error");
  return !deliberate || !crashes.some((crash) => outcome.thrown instanceof crash);
}

function isAsListed({ ours }: Difference, outcome: Outcome): boolean {
  if ("throws" in ours) return "thrown" in outcome && errorName(outcome.thrown) === ours.throws;
  return "result" in outcome && isSame(outcome.result, ours.result);
}

function expectedOf({ expected, input }: VectorCase, { contract }: Adapter): unknown {
  const value = decode(expected);
  return contract ? contract(value, decode(input)) : value;
}

const failed = (why: string): Verdict => ({ kind: "failed", why });

const errorName = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : String(thrown));

const wanted = (one: VectorCase, adapter: Adapter): string =>
  one.error === undefined ? text(expectedOf(one, adapter)) : `an error (${one.error})`;

const shown = (outcome: Outcome): string =>
  "result" in outcome ? text(outcome.result) : `an error (${String(outcome.thrown)})`;

/** JSON, with the numbers that it has no word for. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, inner) =>
    typeof inner === "number" && !Number.isFinite(inner) ? { $float: String(inner) } : inner,
  ) ?? "undefined";
