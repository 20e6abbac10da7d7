import type { Contact } from "../../lambdas/app/ports.ts";
import type { ConversationOf } from "./scenario.ts";

/** The person of a conversation, as the platform's API tells them: a lead's e-mail address is not vouched for. */
export function contactOf({ contact, author }: ConversationOf): Contact {
  const { email, ...who } = contact;
  return author === "user" && email ? { ...who, email } : who;
}
