import type { PostHog } from "posthog-js";
import type {} from "../../../browser/throughline.d.ts";

declare global {
  /** Put there by index.html. */
  var posthog: PostHog;
}
