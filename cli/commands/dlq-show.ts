import type { Envelope } from "../../lambdas/domain/actor/message.ts";
import type { Command } from "../command.ts";
import { deployedQueues, lookInto } from "../dead-letters.ts";
import { CommandError } from "../errors.ts";
import { describeLetter, type Letter, letterLines } from "../letter.ts";
import { maskIdentity } from "../mask.ts";
import { queueOf, queueOption } from "../queue-option.ts";

export const dlqShow: Command = {
  path: ["dlq", "show"],
  summary: "Show one dead letter",
  positionals: ["id"],
  options: {
    queue: queueOption("all of them"),
    reveal: { type: "boolean", help: "show the body, which is personal data" },
  },
  details: ["<id> is the message id that dlq list shows."],
  run: async (context, given) => {
    const id = given.positional("id");
    const queue = queueOf(given);
    for (const name of queue ? [queue] : await deployedQueues(context)) {
      const letter = (await lookInto(context, name)).find((candidate) => candidate.id === id);
      if (!letter) continue;
      const description = describeLetter(letter, context.clock.now());
      const content = contentOf(letter);
      const body = given.flag("reveal") ? letter.body : null;
      return {
        ok: true,
        json: { ...description, ...content, body },
        text: [
          ...letterLines(description),
          ...Object.entries(content).map(([key, value]) => `  ${key}: ${value}`),
          ...(body === null ? [] : ["", body]),
        ],
      };
    }
    throw new CommandError(`No dead letter ${id} is to be seen; it may stand behind ten others of its group`);
  },
};

/** What a message says, without what a user did or is called. */
function contentOf({ envelope, job, push, body }: Letter): Readonly<Record<string, string | number>> {
  const size = { bytes: Buffer.byteLength(body) };
  if (job) return { ...size, to: addressee(job), job_id: job.id };
  if (push) return { ...size, to: addressee(push), push_id: push.id };
  if (!envelope) return size;
  return { ...size, to: addressee(envelope), message_id: envelope.message.id, ...countOf(envelope) };
}

function addressee({ actor }: Pick<Envelope, "actor">): string {
  return actor.kind === "session"
    ? `session ${actor.sessionId}`
    : `person ${actor.identity.by} ${maskIdentity(actor.identity.value)}`;
}

function countOf({ message }: Envelope): Readonly<Record<string, number>> {
  return message.type === "actions" ? { actions: message.actions.length } : {};
}
