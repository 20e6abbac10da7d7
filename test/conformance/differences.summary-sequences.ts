import type { Difference } from "./difference.ts";
import results from "./differences.summary-sequences.json" with { type: "json" };

type Listed = Pick<Difference, "reason" | "row"> & { readonly name: keyof typeof results };

const calls = "a debounced note waits no longer than a maximum; actions stay until their note is settled";
const context = "the context holds the summary and what came after";

const listed: readonly Listed[] = [
  {
    name: "agentContextSequence: overwrite failure loses the summary and the history",
    reason: "a summary that was not posted is posted again; until it stands, the context holds its actions",
  },
  {
    name: "agentContextSequence: slow overwrite blocks the next summary",
    reason: "the calls of a session are made one after another: the next note is posted when the summary stands",
    row: calls,
  },
  {
    name: "agentContextSequence: concurrent adds: slow first write is overtaken",
    reason: "notes and contexts keep the order of the actions",
  },
  {
    name: "agentContextSequence: llm returns empty text",
    reason: "a summary is all that the context keeps of its actions: one that says nothing takes no notes away",
    row: context,
  },
  {
    name: "agentContextSequence: summary text is passed verbatim",
    reason: "a summary stands in a context beside other things: it is plain text on one line, without space around it",
    row: context,
  },
  {
    name: "agentContextSequence: prompt with positional placeholder kills the worker for good",
    reason: "a brace that is no place for the actions stands for itself",
  },
  {
    name: "agentContextSequence: idle 300 s drops events below the threshold",
    reason: "what was noted waits for its summary as long as the session lasts",
  },
  {
    name: "agentContextSequence: idle also drops history restored after llm failure",
    reason: "what was noted waits for its summary as long as the session lasts",
  },
  {
    name: "agentContextSequence: event added right after reset is lost",
    reason: "a reset forgets what came before it, and nothing else",
  },
  {
    name: "agentContextSequence: reset waits behind queued payloads",
    reason: "the model is asked in a job, and no summary of what was forgotten meanwhile comes after a reset",
    row: context,
  },
  {
    name: "agentContextSequence: debounce slow write: second flush can overtake",
    reason: "a note in flight is awaited; the next one follows it",
  },
  {
    name: "agentContextSequence: debounce leftovers at shutdown are never written",
    reason: "the log knows an action from its acceptance on, whether or not a note has it yet",
  },
  {
    name: "agentContextSequence: random adversarial seed 11109",
    reason: "what waits for its note is known to the context, and forgotten by a reset",
  },
  {
    name: "agentContextSequence: random adversarial seed 11210",
    reason: "a summary that was not posted is posted again, and the context holds its actions until it stands",
  },
];

/** What we give instead is a story of calls, which stands in a file of its own. */
export const summarySequenceDifferences: readonly Difference[] = listed.map((entry) => ({
  ...entry,
  area: "writer-policy",
  ours: { result: results[entry.name] },
}));
