import * as z from "zod";
import { idText } from "../actor/id-text.ts";

const countReason = "must be a whole number, 0 or more";

/** What a chatbot asks labels for, in the reference's names. Unknown keys are ignored; null and a missing key say the same. */
export const labelsRequestSchema = z.object(
  {
    session_id: idText,
    /** Where the chips would be shown; empty, as a missing one, where the chatbot does not know. */
    conversation_id: z.literal("").or(idText).nullish(),
    /** As the chatbot counts the session's actions, which may have begun before ours. */
    action_count: z.int({ error: countReason }).min(0, countReason).nullish(),
  },
  { error: "must be an object" },
);

export type LabelsRequest = z.infer<typeof labelsRequestSchema>;
