import type { LanguageModel } from "../../../lambdas/app/language-ports.ts";
import { type Product, RetryableError, TerminalError } from "../../../lambdas/app/ports.ts";
import type { ModelRequest } from "../../../lambdas/domain/language/model-request.ts";

/** How the next request ends. */
export type ModelFault =
  | "outage"
  | "timeout"
  | "unreadable"
  | "limited"
  | "rejected"
  | "unauthorized"
  | "gone"
  | "empty"
  | "huge";

export type ScriptedModel = LanguageModel & {
  /** Every request in order, whatever became of it. */
  readonly asked: readonly { readonly product: Product; readonly request: ModelRequest; readonly timeoutMs: number }[];
  /** What it says from now on. Default: `A text.` */
  answer(answer: string | ((request: ModelRequest) => string | Promise<string>)): void;
  /** The next requests meet these faults, one each; then all is well again. */
  failNext(...faults: readonly ModelFault[]): void;
  /** Every request meets this fault, until `undefined` is given. */
  failAll(fault: ModelFault | undefined): void;
};

/** A language model in memory that keeps the port's contract. A token is four characters. */
export function scriptedModel(): ScriptedModel {
  const asked: { product: Product; request: ModelRequest; timeoutMs: number }[] = [];
  const scripted: ModelFault[] = [];
  let lasting: ModelFault | undefined;
  let say: (request: ModelRequest) => string | Promise<string> = () => "A text.";
  return {
    asked,
    answer(next) {
      say = typeof next === "string" ? () => next : next;
    },
    failNext: (...faults) => void scripted.push(...faults),
    failAll(fault) {
      lasting = fault;
    },
    async complete(product, request, { timeoutMs }) {
      asked.push({ product, request, timeoutMs });
      const fault = scripted.shift() ?? lasting;
      const text = fault === undefined ? await say(request) : textUnder(fault);
      const tokensIn = Math.ceil((request.system.length + request.prompt.length) / 4);
      return { text, tokensIn, tokensOut: Math.ceil(text.length / 4) };
    },
  };
}

function textUnder(fault: ModelFault): string {
  switch (fault) {
    case "empty":
      return "";
    case "huge":
      return "This goes on and on ".repeat(2_560);
    case "outage":
    case "unreadable":
      throw new RetryableError("failed", `scripted: ${fault}`);
    case "timeout":
      throw new RetryableError("uncertain", "scripted: timeout");
    case "limited":
      throw new RetryableError("limited", "scripted: limited", { retryAfterMs: 7_000 });
    case "rejected":
    case "unauthorized":
    case "gone":
      throw new TerminalError(fault, `scripted: ${fault}`);
    default:
      return fault satisfies never;
  }
}
