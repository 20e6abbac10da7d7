import type { FakeIntercom } from "../fake-intercom/server.ts";
import type { FakePart } from "../fake-intercom/world.ts";
import { type Narrator, textColumns } from "./narrator.ts";
import { wrapped } from "./wrapped.ts";

/** Shows each answer as its user reads it. @returns how to stop. */
export function watchAnswers(intercom: FakeIntercom, { tell }: Narrator): () => void {
  return intercom.onPart((part) => {
    if (isAnswer(part)) tell("answer", "in the Messenger:", wrapped(part.text, textColumns));
  });
}

export function answerCount(parts: readonly FakePart[]): number {
  return parts.filter(isAnswer).length;
}

const isAnswer = ({ kind, author }: FakePart): boolean => kind === "comment" && author.type === "admin";
