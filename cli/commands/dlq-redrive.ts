import { shortHash } from "../../lambdas/domain/actor/hash.ts";
import type { Arguments, Command, Result } from "../command.ts";
import type { Context } from "../context.ts";
import { type DeadLetterQueue, giveBack, openDeadLetterQueue, receiveLetters, redriveLetter } from "../dead-letters.ts";
import { CommandError, UsageError } from "../errors.ts";
import { describeFailure } from "../failure.ts";
import { describeLetter, type Letter } from "../letter.ts";
import { queueOf, queueOption } from "../queue-option.ts";

export const dlqRedrive: Command = {
  path: ["dlq", "redrive"],
  summary: "Send dead letters back to where they came from",
  positionals: [],
  options: {
    id: { type: "string", placeholder: "ID", help: "this message" },
    group: { type: "string", placeholder: "GROUP", help: "all messages of this session or person, in order" },
    all: { type: "boolean", help: "all messages, each session's and person's in order" },
    queue: queueOption("actors"),
  },
  details: [
    "A message goes back into its own group, behind what is queued there, and is applied by its id: a batch lands before",
    "or after the others, never twice. Remove the cause first, or it comes back. An alarm (queues deadlines and scheduler)",
    "only wakes its session, which any later message does as well, and for a job (queue jobs) nobody waits any more after",
    "some minutes: redriving an old one is allowed and mostly pointless.",
  ],
  run: async (context, given) => {
    const isChosen = choiceOf(given);
    const queue = await openDeadLetterQueue(context.sqs, await context.deployment(), queueOf(given) ?? "actors");
    const outcome = await redrive(context, queue, isChosen);
    if (outcome.redriven.length === 0 && outcome.failure === undefined) {
      const behind =
        outcome.kept.length > 0 ? "; it may stand behind ten others of its group, which --group redrives" : "";
      throw new CommandError(`No such dead letter is to be seen in ${queue.name}${behind}`);
    }
    return toResult(context, queue, outcome);
  },
};

function choiceOf(given: Arguments): (letter: Letter) => boolean {
  const id = given.option("id");
  const group = given.option("group");
  const choices = [id !== undefined, group !== undefined, given.flag("all")].filter(Boolean);
  if (choices.length !== 1) throw new UsageError("Give one of --id, --group and --all");
  return (letter) => given.flag("all") || letter.id === id || (group !== undefined && letter.group === group);
}

type Redriven = {
  readonly redriven: readonly Letter[];
  readonly kept: readonly Letter[];
  /** How many were set aside again while this went on: redriving them for ever would not help. */
  readonly cameBack: number;
  /** Why it ended early. */
  readonly failure: string | undefined;
};

/** Stops at the first failure: what comes later of its group must not overtake it. */
async function redrive(
  { sqs, signal, terminal }: Context,
  queue: DeadLetterQueue,
  isChosen: (letter: Letter) => boolean,
): Promise<Redriven> {
  const redriven: Letter[] = [];
  const kept: Letter[] = [];
  const sent = new Set<string>();
  let cameBack = 0;
  let failure: string | undefined;
  try {
    for await (const page of receiveLetters(sqs, queue, signal)) {
      for (const letter of page) {
        if (!isChosen(letter) || failure !== undefined || signal.aborted) {
          kept.push(letter);
          continue;
        }
        const content = shortHash(letter.group ?? "", letter.body);
        if (sent.has(content)) {
          kept.push(letter);
          cameBack += 1;
          continue;
        }
        sent.add(content);
        terminal.progress(`Redriving ${letter.id}`);
        try {
          await redriveLetter(sqs, queue, letter);
          redriven.push(letter);
        } catch (error) {
          failure = describeFailure(error);
          kept.push(letter);
        }
      }
      if (failure !== undefined) break;
    }
  } finally {
    await giveBack(sqs, queue, kept);
  }
  return { redriven, kept, cameBack, failure };
}

function toResult({ clock }: Context, { name }: DeadLetterQueue, { redriven, cameBack, failure }: Redriven): Result {
  const letters = redriven.map((letter) => describeLetter(letter, clock.now()));
  const alarms = letters.filter(({ kind }) => kind === "alarm").length;
  return {
    ok: failure === undefined && cameBack === 0,
    json: { queue: name, redriven: letters, came_back: cameBack, ...(failure === undefined ? {} : { error: failure }) },
    text: [
      `${letters.length} redriven from ${name}.`,
      ...(alarms > 0 ? [`${alarms} of them are alarms, which only wake their sessions.`] : []),
      ...(cameBack > 0 ? [`${cameBack} came back at once: their cause is still there.`] : []),
      ...(failure === undefined ? [] : [`Stopped: ${failure}. The rest is still there.`]),
    ],
  };
}
