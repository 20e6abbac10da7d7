/** What came of a call to the chat platform, as the effect slots see it. One place maps errors to it: `app/outcome-of.ts`. */
export type Outcome =
  /** Done (2xx), or found to have been done. The id of the part is missing when the platform did not tell it. */
  | { readonly kind: "settled"; readonly partId?: string }
  /** Looked for and not there: the call in question was certainly not applied. */
  | { readonly kind: "absent" }
  /** The platform will never take it (400, 422). */
  | { readonly kind: "rejected" }
  /** The conversation does not exist (404). */
  | { readonly kind: "gone" }
  /** The whole product waits until this moment, ms (429, 401, 403). */
  | { readonly kind: "paused"; readonly until: number }
  /** Certainly not applied: never sent, or answered with an error that says so. */
  | { readonly kind: "failed"; readonly retryAfterMs?: number | undefined }
  /** It may have been applied: timed out, connection lost. */
  | { readonly kind: "uncertain" };
