import { isKept } from "./crash.ts";
import type { Ending, Story } from "./crash-table.ts";
import { answersIn, below, inChat, readable, untilAsked, watchNotes } from "./language.ts";
import { memoryOf } from "./offers.ts";
import type { System } from "./system.ts";
import type { Visitor } from "./visitor.ts";
import { untilTurnsEnd } from "./waiting.ts";

/** Crashes between what a language model writes and what becomes of it. */

const bedrock = { language: { provider: "bedrock" }, post_link_debounce_s: 0 };

export const documents = {
  summarising: { ...bedrock, summary_threshold: 3 },
  answering: { ...bedrock, answers: { enabled: true } },
};

/** What the lanes' model says, whatever it is asked. */
export const written = "They exported a report.";

/** What agents could read, from the first note on; by session. */
const watched = new Map<string, ReturnType<typeof watchNotes>>();

/** Waits until a model has been asked, which holds its answer, and the turn that asked is over. */
async function holds(system: System, ask: () => Promise<void>): Promise<void> {
  const asked = system.bedrock.questions().length;
  system.bedrock.fault({ name: "slow", count: 1 });
  await ask();
  await untilAsked(system.bedrock, asked + 1);
  await untilTurnsEnd(system);
}

/** A visitor with a note; with the next two actions there is enough for a summary. */
async function noted(system: System, visitor: Visitor): Promise<string> {
  const { conversation } = await inChat(system, visitor);
  watched.set(visitor.sessionId, watchNotes(system, visitor, conversation));
  return conversation;
}

const rest = ["Chose a range", "Clicked Export"] as const;

/** Whether an agent can always read of all that was noted so far: in its note, or in the summary. */
function neverWithoutContext(visitor: Visitor): boolean {
  const states = watched.get(visitor.sessionId)?.() ?? [];
  let noted: readonly string[] = [];
  return states.every((notes) => {
    noted = [...new Set([...noted, ...notes.map(below)])];
    return (
      notes.some((note) => below(note) === written) || noted.every((text) => notes.some((note) => below(note) === text))
    );
  });
}

async function summaryFound(system: System, visitor: Visitor, conversation: string): Promise<Ending> {
  const { summaries } = await memoryOf(system, visitor);
  return [
    ...readable(visitor, conversation).map(below),
    `summaries ever: ${visitor.notes(conversation).filter((note) => below(note) === written).length}`,
    `always in context: ${neverWithoutContext(visitor)}`,
    `unsettled: ${summaries?.slot?.step ?? summaries?.redaction ?? "nothing"}`,
  ];
}

const oneSummary = () => ({
  "one summary": [written, "summaries ever: 1", "always in context: true", "unsettled: nothing"],
});

export const afterSummary: Story = {
  name: "what follows a written summary, to the last redaction",
  productId: "summarising",
  async prepare(system, visitor) {
    const conversation = await noted(system, visitor);
    await holds(system, () => visitor.acts(rest));
    return conversation;
  },
  happen: async (_visitor, _conversation, system) => system.bedrock.release(),
  spares: isKept,
  found: summaryFound,
  expected: oneSummary,
};

/** The steps of asking, in a turn and in its job. */
const asking = ["ask for job", "claim question", "ask model"];

export const summaryJob: Story = {
  name: "the job of a summary",
  productId: "summarising",
  prepare: noted,
  happen: (visitor) => visitor.acts(rest),
  spares: (step) => !asking.includes(step),
  found: summaryFound,
  expected: oneSummary,
};

async function asks(visitor: Visitor, conversation: string): Promise<void> {
  const { status } = await visitor.notify(visitor.notification(conversation));
  if (status !== 200) throw new Error(`A webhook was answered with ${status}`);
}

/** A visitor who wrote, of which nobody has told yet. */
async function silent(system: System, visitor: Visitor): Promise<string> {
  await visitor.acts(["Opened Reports"]);
  await untilTurnsEnd(system);
  return visitor.opensChatUnheard();
}

async function answerFound(system: System, visitor: Visitor, conversation: string): Promise<Ending> {
  const { answering } = await memoryOf(system, visitor);
  return [
    ...answersIn(system, visitor, conversation).map(({ text }) => text),
    `unsettled: ${answering?.slot?.step ?? "nothing"}`,
    `questions left: ${answering?.questions.length}`,
  ];
}

const oneAnswer = () => ({ "one answer": [written, "unsettled: nothing", "questions left: 0"] });

export const afterAnswer: Story = {
  name: "what follows a written answer, until the user can read it",
  productId: "answering",
  async prepare(system, visitor) {
    const conversation = await silent(system, visitor);
    await holds(system, () => asks(visitor, conversation));
    return conversation;
  },
  happen: async (_visitor, _conversation, system) => system.bedrock.release(),
  spares: isKept,
  found: answerFound,
  expected: oneAnswer,
};

export const answerJob: Story = {
  name: "the job of an answer",
  productId: "answering",
  prepare: silent,
  happen: asks,
  spares: (step) => !asking.includes(step),
  found: answerFound,
  expected: oneAnswer,
};
