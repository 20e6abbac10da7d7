import * as z from "zod";

/** The chat platform's address, to which paths are appended. A request cannot be made with credentials in its address. */
export const baseUrlSchema = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^?#@]*$/, "must be an address without user, query and fragment");
