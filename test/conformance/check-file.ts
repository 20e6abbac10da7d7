import { checkCase, type Knowledge, type Verdict } from "./check-case.ts";
import { mayBeListed } from "./difference.ts";
import type { VectorFile } from "./vector-file.ts";

export type FileReport = {
  readonly area: string;
  readonly passed: number;
  /** Of `passed`, those that differ as listed. */
  readonly listed: number;
  readonly failures: readonly { readonly name: string; readonly why: string }[];
  /** How many cases wait for a part that is not built yet, by function. */
  readonly notYetBuilt: ReadonlyMap<string, number>;
  /** How many cases have no counterpart, by function and reason. */
  readonly outOfScope: readonly { readonly fn: string; readonly count: number; readonly why: string }[];
  /** Only when lenient: the cases that may be listed, counted apart. `passed` agree with the reference. */
  readonly optional: { readonly passed: number; readonly total: number };
};

/**
 * Runs the cases of one file against the product.
 *
 * @param options.lenient for files never seen: cases that may be listed are reported apart, and a listed case that the
 *   file does not have is no failure.
 */
export async function checkFile(
  file: VectorFile,
  knowledge: Knowledge,
  options: { readonly lenient: boolean },
): Promise<FileReport> {
  const listed = new Map(
    knowledge.differences.filter(({ area }) => area === file.area).map((difference) => [difference.name, difference]),
  );
  const verdicts: {
    readonly name: string;
    readonly fn: string;
    readonly optional: boolean;
    readonly verdict: Verdict;
  }[] = [];
  for (const one of file.cases) {
    const verdict = await checkCase(one, knowledge, listed.get(one.name), options.lenient);
    verdicts.push({ name: one.name, fn: one.fn, optional: options.lenient && mayBeListed(one.tags), verdict });
  }

  const ofKind = (kind: Verdict["kind"]) => verdicts.filter(({ verdict }) => verdict.kind === kind);
  const built = verdicts.filter(({ verdict }) => verdict.kind !== "not-yet-built" && verdict.kind !== "out-of-scope");
  const counted = built.filter(({ optional }) => !optional);
  const apart = built.filter(({ optional }) => optional);
  const named = new Set(file.cases.map(({ name }) => name));
  const gone = options.lenient ? [] : [...listed.keys()].filter((name) => !named.has(name));
  return {
    area: file.area,
    passed: counted.filter(({ verdict }) => verdict.kind !== "failed").length,
    listed: counted.filter(({ verdict }) => verdict.kind === "listed").length,
    failures: [
      ...counted.flatMap(({ name, verdict }) => (verdict.kind === "failed" ? [{ name, why: verdict.why }] : [])),
      ...gone.map((name) => ({ name, why: "is listed as different, and no case has this name" })),
    ],
    notYetBuilt: countByFunction(ofKind("not-yet-built")),
    outOfScope: countByReason(verdicts),
    optional: { passed: apart.filter(({ verdict }) => verdict.kind === "passed").length, total: apart.length },
  };
}

function countByReason(cases: readonly { readonly fn: string; readonly verdict: Verdict }[]): FileReport["outOfScope"] {
  const counts = new Map<string, FileReport["outOfScope"][number]>();
  for (const { fn, verdict } of cases) {
    if (verdict.kind !== "out-of-scope") continue;
    const key = `${fn}: ${verdict.why}`;
    counts.set(key, { fn, why: verdict.why, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

function countByFunction(cases: readonly { readonly fn: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { fn } of cases) counts.set(fn, (counts.get(fn) ?? 0) + 1);
  return counts;
}
