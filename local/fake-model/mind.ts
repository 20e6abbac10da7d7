import type { BrokenFault } from "./broken.ts";
import { type ActiveFault, createFaultSwitch, type Fault, type FaultName } from "./faults.ts";

/** What a model is asked, in whatever protocol. */
export type Question = {
  readonly protocol: "openai" | "bedrock";
  readonly model: string;
  readonly system: string;
  readonly prompt: string;
  readonly maxOutputTokens: number | undefined;
};

/** What a knowledge base is asked. */
export type Search = {
  readonly protocol: "http" | "bedrock";
  /** Empty where the address says it all. */
  readonly knowledgeBase: string;
  readonly query: string;
};

export type Excerpt = { readonly title: string | null; readonly content: string };

export type Completed = { readonly text: string; readonly tokensIn: number; readonly tokensOut: number };

/** What was asked for, or the fault that took the request. */
export type Outcome<Found> = { readonly found: Found } | { readonly fault: BrokenFault };

/** What tests and the demo do to the fake, and what they learn of it. */
export type Control = {
  /** What the model says from now on. Default: a line that names the last lines of the prompt. */
  setAnswer(answer: (question: Question) => string): void;
  /** What a knowledge base finds from now on. Default: nothing. */
  setExcerpts(excerpts: (search: Search) => readonly Excerpt[]): void;
  fault(fault: Fault): void;
  /** Ends all faults; what they hold stays held. */
  clearFaults(): void;
  /** Answers all that is held. */
  release(): void;
  /** In order, whatever became of them. */
  questions(): readonly Question[];
  searches(): readonly Search[];
  /** Calls back for each question as it comes, with the fault that takes it. @returns how to stop. */
  onQuestion(listener: (question: Question, fault: FaultName | undefined) => void): () => void;
};

/** What the fake answers, whichever protocol it is asked in. */
export type Mind = Control & {
  complete(question: Question): Promise<Outcome<Completed>>;
  retrieve(search: Search): Promise<Outcome<readonly Excerpt[]>>;
};

export function createMind(): Mind {
  const faults = createFaultSwitch();
  const questions: Question[] = [];
  const searches: Search[] = [];
  const listeners = new Set<(question: Question, fault: FaultName | undefined) => void>();
  let answer = namesLastLines;
  let excerpts: (search: Search) => readonly Excerpt[] = () => [];
  let held = Promise.withResolvers<void>();

  async function meet<Found>(
    fault: ActiveFault | undefined,
    found: { readonly usual: () => Found; readonly empty: Found; readonly huge: Found },
  ): Promise<Outcome<Found>> {
    if (fault === undefined) return { found: found.usual() };
    const { name, ...rest } = fault;
    if (name === "empty" || name === "huge") return { found: found[name] };
    if (name !== "slow") return { fault: { name, ...rest } };
    await held.promise;
    return { found: found.usual() };
  }

  return {
    setAnswer(next) {
      answer = next;
    },
    setExcerpts(next) {
      excerpts = next;
    },
    fault: faults.add,
    clearFaults: faults.clear,
    release() {
      held.resolve();
      held = Promise.withResolvers<void>();
    },
    questions: () => questions,
    searches: () => searches,
    onQuestion(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    complete(question) {
      const fault = faults.take("complete");
      questions.push(question);
      for (const listener of listeners) listener(question, fault?.name);
      const completed = (text: string): Completed => {
        return { text, tokensIn: tokensOf(question.system + question.prompt), tokensOut: tokensOf(text) };
      };
      return meet(fault, {
        usual: () => completed(answer(question)),
        empty: completed(""),
        huge: completed(hugeText),
      });
    },
    retrieve(search) {
      searches.push(search);
      const huge = [{ title: null, content: hugeText }];
      return meet(faults.take("retrieve"), { usual: () => excerpts(search), empty: [], huge });
    },
  };
}

/** 50 KB. */
const hugeText = "This goes on and on ".repeat(2_560);

function namesLastLines({ prompt }: Question): string {
  const lines = prompt.split("\n").filter((line) => line.trim() !== "");
  return `The last lines say: ${lines.slice(-2).join(" / ").slice(0, 300)}`;
}

/** About four characters are a token. */
export const tokensOf = (text: string): number => Math.ceil(text.length / 4);
