import * as z from "zod";
import { nextEvent } from "./next-event.ts";
import { askedQuestion } from "./question.ts";
import { pushNow, read, type Stage, subscribed } from "./stage.ts";

const endSchema = z.object({
  detailType: z.enum(["answer.posted", "answer.dropped"]),
  detail: z.object({ session_id: z.literal(askedQuestion.session_id) }),
});

/** What nobody has answered after 90 s is left to the team. */
const patienceMs = 100_000;

/**
 * Tells how a question is answered by somebody who knows what its user just did.
 *
 * @param conversationId where the story's user has written
 * @throws Error when something was not accepted, or `signal` said stop.
 */
export async function tellPartThree(
  stage: Stage & { readonly print: (line: string) => void },
  conversationId: string,
): Promise<void> {
  const { cloud, intercom, narrator, print, signal } = stage;
  const { user, question } = askedQuestion;
  print("\nPart three: Dana goes on, and asks. Who answers knows what she has just done.\n");
  using _subscribed = subscribed(stage);
  await pushNow(stage, askedQuestion, conversationId);
  await read(stage);
  narrator.tell("Intercom", `${user.name.split(" ")[0]} writes (webhook): “${question}”`);
  await nextEvent(
    cloud.events.onEvent,
    (event) => endSchema.safeParse(event).success,
    () => {
      intercom.userReplies(conversationId, question);
      return intercom.webhooksTold();
    },
    { patienceMs, signal },
  );
}
