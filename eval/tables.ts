import type { Table } from "../bench/table.ts";
import type { AdapterResult } from "./run.ts";

/** Recall by session, and below it what is missing. */
export function tableOf(adapter: string, result: AdapterResult): Table {
  if ("notRun" in result) return { title: `${adapter}: not run`, head: ["why"], rows: [[result.notRun]] };
  const { model, recall, sessions } = result;
  const percent = (recall * 100).toFixed(0);
  return {
    title: `${adapter} (model: ${model}): ${percent} % of all facts`,
    head: ["session", "facts", "found", "must not"],
    rows: sessions.map(({ session, found, missing, broken }) => [
      session,
      found.length + missing.length,
      found.length,
      broken.length === 0 ? "kept" : "BROKEN",
    ]),
    notes: sessions.flatMap(({ session, missing, broken, problem }) => [
      ...(problem === undefined ? [] : [`${session}: no summary: ${problem}`]),
      ...(missing.length === 0 || problem !== undefined ? [] : [`${session} lacks: ${missing.join("; ")}`]),
      ...(broken.length === 0 ? [] : [`${session} ${broken.join("; ")}`]),
    ]),
  };
}
