import { parseArgs } from "node:util";
import { type LanguageProvider, languageProviders } from "../lambdas/domain/product/language-settings.ts";

export type Options = {
  /** Undefined: all. */
  readonly adapter: LanguageProvider | undefined;
  /** Results on standard output in place of the tables. */
  readonly json: boolean;
};

export type Command =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string };

const flags = {
  adapter: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export const usage = `Usage: npm run eval -- [options]

Has recorded sessions summarised as the product does it, and looks for the facts that a support agent needs of each
(docs/evaluation.md). Ends with 1 when a summary is not written, or says what it must not.

  --adapter NAME   only one of ${languageProviders.join(", ")}
  --json           the results as JSON, in place of tables
  --help           this text

A language model is asked only where its credentials are in the environment, and at its price:
  openai           OPENAI_API_KEY, OPENAI_MODEL; OPENAI_BASE_URL for an endpoint that is not OpenAI's
  bedrock          BEDROCK_MODEL_ID, AWS_REGION, and AWS_ACCESS_KEY_ID or AWS_PROFILE

A run of all writes eval/results.json; with --adapter, .throughline/eval.json.
`;

/** @param args the command line without `node` and the file's name. */
export function readCommand(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...args], options: flags, strict: true });
    const { adapter: named, json, help } = values;
    if (help) return { kind: "help" };
    const adapter = languageProviders.find((name) => name === named);
    if (named !== undefined && adapter === undefined) {
      return {
        kind: "wrong",
        problem: `--adapter must be one of ${languageProviders.join(", ")}; received ${named}`,
      };
    }
    return { kind: "run", options: { adapter, json } };
  } catch (problem) {
    return { kind: "wrong", problem: problem instanceof Error ? problem.message : String(problem) };
  }
}
