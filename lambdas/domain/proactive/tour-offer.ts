import { strip } from "../text/strip.ts";
import { matchLabel } from "./match-answer.ts";

/** What the user reads when nothing else is configured. */
const DEFAULT_BODY = "Would you like me to show you?";

/** The two answers to the offer of a tour. Their ids are such as nobody gives a chip by chance. */
export const tourOfferChips = [
  { id: "tour-offer:yes", label: "Yes" },
  { id: "tour-offer:no", label: "No" },
] as const;

/** What asks whether the user wants to be shown. */
export function tourOfferBody(configured: string | null | undefined): string {
  return strip(configured ?? "") || DEFAULT_BODY;
}

/** Whether a text repeats one of the two labels. Where both are the same, it is a yes. */
export function matchYesNo(
  text: string,
  labels: { readonly yes: string; readonly no: string } = { yes: tourOfferChips[0].label, no: tourOfferChips[1].label },
): "yes" | "no" | null {
  const at = matchLabel(text, [labels.yes, labels.no]);
  if (at === null) return null;
  return at === 0 ? "yes" : "no";
}
