import type { Arguments, Command, Result } from "../command.ts";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { type CheckName, checkNames, examine, type Finding } from "../examination.ts";

/** The edge takes up to a minute to notice a new product. */
const USUAL_WAIT_S = 75;

export const doctor: Command = {
  path: ["doctor"],
  summary: "Try a deployment from end to end, and tell which part fails",
  positionals: ["product"],
  options: {
    conversation: {
      type: "string",
      placeholder: "ID",
      help: "a conversation of your test workspace to post in; with --local one is made",
    },
    timeout: {
      type: "string",
      placeholder: "SECONDS",
      help: `how long to wait for the edge, and for the note (${USUAL_WAIT_S})`,
    },
  },
  details: [
    "Reads the deployment and the product, asks the API for its health and Intercom for the admin, pushes a signed batch",
    "of a test session and a signed webhook, waits for the note to stand in the conversation, redacts it, and erases the",
    "test session. Agents see a redacted note of the test in the conversation.",
  ],
  run: async (context, given) => {
    const findings = await examine(context, {
      productId: given.positional("product"),
      conversationId: conversationOf(context, given),
      waitMs: waitOf(given) * 1_000,
    });
    return report(findings);
  },
};

function conversationOf({ local }: Context, given: Arguments): string | undefined {
  const conversationId = given.option("conversation");
  if (conversationId === undefined && !local) throw new UsageError("--conversation is missing");
  return conversationId;
}

function waitOf(given: Arguments): number {
  const seconds = given.option("timeout") ?? String(USUAL_WAIT_S);
  if (!/^\d{1,4}$/.test(seconds)) throw new UsageError("--timeout is a whole number of seconds");
  return Number(seconds);
}

function report(findings: readonly Finding[]): Result {
  const done = new Map(findings.map((finding) => [finding.check, finding]));
  const broken = findings.filter(({ ok }) => !ok);
  const line = (check: CheckName): string => {
    const finding = done.get(check);
    return `  ${finding ? (finding.ok ? "ok     " : "FAILED ") : "skipped"}  ${check.padEnd(12)}  ${finding?.detail ?? ""}`;
  };
  return {
    ok: broken.length === 0,
    json: {
      ok: broken.length === 0,
      failed: broken.map(({ check }) => check),
      checks: checkNames.map((check) => {
        const finding = done.get(check);
        return {
          check,
          outcome: finding ? (finding.ok ? "ok" : "failed") : "skipped",
          detail: finding?.detail ?? null,
        };
      }),
    },
    text: [
      ...checkNames.map(line),
      "",
      broken.length === 0 ? "Everything works." : `Broken: ${broken.map(({ check }) => check).join(", ")}.`,
    ],
  };
}
