import { strip } from "../text/strip.ts";

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
