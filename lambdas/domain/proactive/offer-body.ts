import { cutCodePoints } from "../text/code-points.ts";
import { strip } from "../text/strip.ts";

/** The longest text of an offer, in code points (the reference's limit). */
export const LONGEST_BODY = 150;

/** A text as an offer says it: without white space at its ends, and cut. */
export function offerBody(text: string, most: number = LONGEST_BODY): string {
  return strip(cutCodePoints(strip(text), most));
}
