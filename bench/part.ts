import type { SynthesizedStack } from "../local/template/template.ts";
import type { Sizes } from "./sizes.ts";
import type { Table } from "./table.ts";

/** A count or a number of bytes that may not be exceeded. Times depend on the machine, so none of them is one. */
export type Budget = { readonly what: string; readonly limit: number; readonly measured: number };

export type Report = {
  readonly tables: readonly Table[];
  readonly budgets: readonly Budget[];
  /** What `results.json` keeps. */
  readonly figures: object;
};

export type Bench = {
  readonly sizes: Sizes;
  /** The system as it would be deployed; synthesised when it is first asked for. */
  readonly stack: () => SynthesizedStack;
  /** Told of each step. */
  readonly progress: (step: string) => void;
};

/** One thing that is measured. */
export type Part = {
  readonly name: string;
  readonly measures: string;
  readonly run: (bench: Bench) => Promise<Report>;
};

export function isKept({ limit, measured }: Budget): boolean {
  return measured <= limit;
}
