import type { OptionSpec } from "./command.ts";

/** Options of every command. */
export const globalOptions = {
  stage: { type: "string", placeholder: "NAME", help: "the deployment's stage (prod; with --local its own)" },
  local: { type: "boolean", help: "the local cloud that `npm start` runs" },
  profile: { type: "string", placeholder: "NAME", help: "the AWS profile (as AWS_PROFILE)" },
  region: { type: "string", placeholder: "NAME", help: "the AWS region (as AWS_REGION)" },
  json: { type: "boolean", help: "print one JSON value instead of text" },
  help: { type: "boolean", help: "print this text" },
} as const satisfies Record<string, OptionSpec>;

/** For commands that destroy something. */
export const yesOption: OptionSpec = { type: "boolean", help: "do not ask; needed without a terminal" };
