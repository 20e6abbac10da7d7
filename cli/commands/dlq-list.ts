import type { Command } from "../command.ts";
import { deployedQueues, lookInto } from "../dead-letters.ts";
import { describeLetter, letterLines } from "../letter.ts";
import { queueOf, queueOption } from "../queue-option.ts";

export const dlqList: Command = {
  path: ["dlq", "list"],
  summary: "List what lies in the dead-letter queues, and why",
  positionals: [],
  options: { queue: queueOption("all of them") },
  details: [
    "actors holds messages to sessions and people, deadlines and scheduler hold alarms, jobs what a language model was to",
    "write, pushes what a product's endpoint did not take. Of each session or person the first ten are listed. Looking takes each letter from the queue for a moment and gives it back.",
  ],
  run: async (context, given) => {
    const queue = queueOf(given);
    const names = queue ? [queue] : await deployedQueues(context);
    const found = await Promise.all(names.map((name) => lookInto(context, name)));
    const letters = found.flat().map((letter) => describeLetter(letter, context.clock.now()));
    return {
      ok: true,
      json: { letters },
      text: letters.length === 0 ? ["No dead letters."] : letters.flatMap(letterLines),
    };
  },
};
