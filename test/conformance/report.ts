import type { FileReport } from "./check-file.ts";

/** The reports as lines: `area passed/total` for each file, what is behind it indented, and the sum alone at the end. */
export function reportLines(reports: readonly FileReport[], options: { readonly lenient: boolean }): readonly string[] {
  const sum = (count: (report: FileReport) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  const optional = `optional: ${sum((report) => report.optional.passed)} of ${sum((report) => report.optional.total)}`;
  return [
    ...reports.flatMap(fileLines),
    ...(options.lenient ? [optional] : []),
    `${sum(({ passed }) => passed)} passed, ${sum(({ failures }) => failures.length)} failed`,
  ];
}

function fileLines({ area, passed, listed, failures, notYetBuilt, outOfScope }: FileReport): readonly string[] {
  const waiting = [...notYetBuilt].map(([fn, count]) => `${fn} (${count})`);
  return [
    `${area} ${passed}/${passed + failures.length}`,
    ...(listed > 0 ? [`  ${listed} of them differ from the reference as listed`] : []),
    ...(waiting.length > 0 ? [`  not yet built: ${waiting.join(", ")}`] : []),
    ...outOfScope.map(({ fn, count, why }) => `  out of scope: ${fn} (${count}): ${why}`),
    ...failures.map(({ name, why }) => `  FAILED ${name}\n    ${why}`),
  ];
}
