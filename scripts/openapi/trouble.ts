import * as z from "zod";
import type { Answers } from "./operation.ts";

const retryAfter = { "retry-after": "Seconds after which to ask again." };

/** What any route may answer when it is not the request's fault. */
export const trouble = {
  429: {
    says: "Too much at once, as API Gateway has it: send it again later.",
    body: z.object({ message: z.string() }),
    example: { message: "Too Many Requests" },
  },
  503: {
    says: "Trouble on our side: send it again. Sending it twice does no harm.",
    body: z.object({ error: z.string() }),
    example: { error: "not accepted, please send it again" },
    headers: retryAfter,
  },
} satisfies Answers;
