import { strip } from "../text/strip.ts";

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A number as configurations write it: a number, its text, or a truth value as 1 and 0. Null where it is none of them. */
export function readNumber(value: unknown): number | null {
  switch (typeof value) {
    case "number":
      return Number.isNaN(value) ? null : value;
    case "boolean":
      return value ? 1 : 0;
    case "string":
      return decimal.test(strip(value)) ? Number(strip(value)) : null;
    default:
      return null;
  }
}
