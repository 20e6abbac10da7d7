import * as z from "zod";
import { type CriteriaLeaf, leafSchema } from "./leaf.ts";

/** Deeper than anyone writes, and shallow enough for every stack. */
const DEEPEST = 64;

/** When an entry of `proactive_intercom` applies: a leaf, or a group of criteria. */
export type Criteria = CriteriaGroup | CriteriaLeaf;

export type CriteriaGroup = {
  readonly type: "group";
  readonly id: string;
  readonly name: string;
  readonly operator: "AND" | "OR";
  /** At least one. */
  readonly conditions: readonly Criteria[];
};

const groupSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    operator: z.enum(["AND", "OR"]).meta({ description: "`AND`: all conditions hold. `OR`: one does." }),
    get conditions(): z.ZodType<readonly Criteria[]> {
      return z.array(nodeSchema).min(1);
    },
  })
  .transform((group): CriteriaGroup => ({ type: "group", ...group }));

// As in the reference, what names an operator is a group, whatever else it says; a leaf names none.
const nodeSchema: z.ZodType<Criteria> = z.discriminatedUnion("operator", [groupSchema, leafSchema], {
  error: ({ code }) => (code === "invalid_union" ? "must be AND or OR" : undefined),
});

/**
 * Criteria in wire form, nested up to 64 levels: `{id, name, operator, conditions}` is a group, `{id, name, type, ...}` a
 * leaf with its parameters (leaf.ts). Durations become milliseconds. An unknown type is a problem at the path of that
 * `type`; fields that a leaf does not have are ignored, as in the reference.
 */
export const criteriaSchema = z.preprocess((data, context) => {
  if (!isDeeperThan(data, DEEPEST)) return data;
  context.addIssue(`must be nested at most ${DEEPEST} levels`);
  return z.NEVER;
}, nodeSchema);

/** Looked at level by level, before anything recurses. */
function isDeeperThan(data: unknown, most: number): boolean {
  let level: readonly unknown[] = [data];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > most) return true;
    level = level.flatMap(conditionsOf);
  }
  return false;
}

function conditionsOf(node: unknown): readonly unknown[] {
  const conditions = typeof node === "object" && node !== null && "conditions" in node ? node.conditions : undefined;
  return Array.isArray(conditions) ? conditions : [];
}
