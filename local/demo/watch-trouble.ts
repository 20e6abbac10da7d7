import * as z from "zod";
import type { LocalCloud } from "../boot.ts";
import type { Ending } from "../fake-intercom/journal.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import type { LogLine } from "../log.ts";
import { countsSince } from "./counts.ts";
import type { Narrator } from "./narrator.ts";

/**
 * Tells of each call to which Intercom gave no good answer, and of the looks that follow. Intercom counts silently, so
 * its counts are compared whenever the functions make an AWS request: none ends a call without one. @returns how to stop.
 */
export function watchCalls(cloud: LocalCloud, intercom: FakeIntercom, { tell }: Narrator): () => void {
  let told = intercom.counts();
  return cloud.gateway.observe(() => {
    const now = intercom.counts();
    for (const count of countsSince(told, now, ["operation", "ending"])) {
      const { operation, ending, requests } = count;
      if (ending === 200 && operation !== "read") continue;
      if (!isCall(count)) {
        tell("Intercom", `hears of a webhook: ${endingText(ending)}`);
        continue;
      }
      const times = requests > 1 ? ` (${requests} times)` : "";
      tell("Intercom", `${answerText(operation, ending)}${times}`);
    }
    told = now;
  });
}

/** Intercom's journal counts its own webhooks, too. */
export function isCall({ operation }: { readonly operation: string }): boolean {
  return operation !== "webhook";
}

const callNames: Readonly<Record<string, string>> = {
  reply: "a note",
  read: "a look into the conversation",
  offer: "an offer",
  comment: "a reply to the user",
  redact: "the wish to redact a note",
  delete: "the wish to delete a conversation",
};

function answerText(operation: string, ending: Ending): string {
  const call = callNames[operation] ?? operation;
  switch (ending) {
    case "dropped":
      return `cuts the connection after ${call}`;
    case "hung":
      return `leaves ${call} without an answer`;
    default:
      return `answers ${call} with ${ending}`;
  }
}

export function endingText(ending: Ending): string {
  switch (ending) {
    case "dropped":
      return "connection cut";
    case "hung":
      return "no answer";
    default:
      return String(ending);
  }
}

const entrySchema = z.object({ level: z.string(), message: z.string() });

/** Tells of errors that the functions log, and of what kills them. @returns how to stop. */
export function watchErrors(cloud: LocalCloud, { tell }: Narrator): () => void {
  return cloud.logs.onLine((line) => {
    const problem = errorIn(line);
    if (problem !== undefined) tell("worker", `${line.functionId}: ${problem}`);
  });
}

/** What a log line says went wrong; undefined when it tells of no error. */
export function errorIn({ stream, line }: Pick<LogLine, "stream" | "line">): string | undefined {
  try {
    const { data } = entrySchema.safeParse(JSON.parse(line));
    return data && /^(ERROR|CRITICAL)$/i.test(data.level) ? data.message : undefined;
  } catch {
    return stream === "stderr" ? line : undefined;
  }
}
