import { describe, expect, it } from "vitest";
import type { SessionActor } from "../../lambdas/domain/actor/actor.ts";
import { ANSWER_PROMPT_VERSION } from "../../lambdas/domain/language/answer-prompt.ts";
import { createJobWorld, questionAt } from "../support/jobs.ts";
import { rowOf, T0 } from "../support/session.ts";

const rows = [1, 2, 3, 4].map((n) => rowOf(n, [`Opened page ${n}`]));
const otherSession: SessionActor = { kind: "session", productId: "acme", sessionId: "s2" };

async function worldWithRows(answers: object = {}) {
  const world = createJobWorld({ answers: { enabled: true, ...answers } });
  await world.log(rows);
  world.clock.set(T0 + 60_000);
  return world;
}

describe("an answer's job", () => {
  it("is written from what the user did, what was said before, and the question at the end", async () => {
    const { chat, clock, perform, answerJob, told, model, prompts } = await worldWithRows();
    chat.personWrites("c1", "Hello");
    clock.advance(1_000);
    const question = questionAt(clock.now(), "How do I export?");
    chat.personWrites("c1", question.text);
    model.answer("## Answer\n\nYou are on **Page 4**.\n\n1. Click Export.");
    await perform(answerJob({ questions: [question] }));

    expect(told()).toMatchObject([{ kind: "written" }]);
    const [prompt = ""] = prompts();
    expect(prompt).toMatch(/Opened page 4[\s\S]*user: Hello[\s\S]*\[CURRENT USER MESSAGE\]\nHow do I export\?$/);
    expect(prompt).not.toContain("[ACTIVITY SINCE");
    expect(prompt.match(/How do I export/g)).toHaveLength(1);
  });

  it("is logged with the version of the words that asked for it", async () => {
    const { perform, answerJob, telemetry } = await worldWithRows();
    await perform(answerJob());
    const done = telemetry.entries().find(({ event }) => event === "job.done");
    expect(done?.fields).toMatchObject({ kind: "answer", prompt_version: ANSWER_PROMPT_VERSION });
  });

  it("is in the words that a chat window can show", async () => {
    const { perform, answerJob, told, model } = await worldWithRows();
    model.answer("## Answer\n\nYou are on **Page 4**.\n\n1. Click Export.");
    await perform(answerJob());
    const [result] = told();
    expect(result?.kind === "written" && result.text).toContain("**Page 4**.\n1. Click Export.");
  });

  it("given an earlier answer, then what came since is told first, and apart", async () => {
    const { perform, answerJob, prompts } = await worldWithRows();
    await perform(answerJob({ since: T0 + 2_000 }));
    const [news = "", recent = ""] = prompts()[0]?.split("[RECENT PRODUCT ACTIVITY]") ?? [];
    expect(news).toMatch(/^\[ACTIVITY SINCE YOUR LAST CHAT MESSAGE\]/);
    expect(news).toMatch(/page 3[\s\S]*page 4/);
    expect(news).not.toContain("page 2");
    expect(recent).toMatch(/page 1[\s\S]*page 4/);
  });

  it("given a summary of all that is new, then a model that reads no prose gets the actions all the same", async () => {
    const { log, perform, answerJob, model, prompts } = await worldWithRows();
    await log([], [{ after: 0, through: 4, text: "They looked around.", partId: "1", postedAt: T0 + 50_000 }]);
    await perform(answerJob({ since: T0 + 2_000 }));
    expect(prompts()[0]).toContain("They looked around.");
    expect(model.asked[0]?.request.material.actions).toHaveLength(2);
  });

  it("given that the session was reset, then nothing of before is told", async () => {
    const { perform, answerJob, prompts } = await worldWithRows();
    await perform(answerJob({ after: 3, since: T0 }));
    expect(prompts()[0]).toContain("page 4");
    expect(prompts()[0]).not.toMatch(/page [123]/);
  });

  it("given several questions, then all are asked at once", async () => {
    const { perform, answerJob, prompts, clock } = await worldWithRows();
    const questions = ["Hi", "Where is Export?"].map((text) => questionAt(clock.now(), text));
    await perform(answerJob({ questions }));
    expect(prompts()[0]).toMatch(/\nHi\nWhere is Export\?$/);
  });

  it("given questions that are too long together, then the newest is asked, and looked for", async () => {
    const base = { knowledge_base: { type: "http", url: "https://kb.example.com" } };
    const { perform, answerJob, prompts, knowledge, clock } = await worldWithRows(base);
    const questions = ["pasted log ".repeat(400), "Why is Export grey?"].map((text) => questionAt(clock.now(), text));
    await perform(answerJob({ questions }));
    expect(prompts()[0]).toMatch(/\npasted log pasted .*\nWhy is Export grey\?$/);
    expect(knowledge.asked[0]).toMatch(/^Why is Export grey\?\npasted/);
  });

  it("given a model that fails for good, then its result is a failure", async () => {
    const { perform, answerJob, model, told } = await worldWithRows();
    model.failAll("outage");
    await perform(answerJob());
    expect(told()).toEqual([{ kind: "failed", reason: "failed" }]);
  });
});

describe("a message that two sessions hear", () => {
  it("is answered by the first that asks, and by it again after a crash", async () => {
    const { perform, answerJob, told, mailbox } = await worldWithRows();
    mailbox.refuse(() => true);
    await expect(perform(answerJob())).rejects.toMatchObject({ name: "RetryableError" });
    mailbox.refuse(() => false);
    await perform(answerJob({ actor: otherSession }));
    await perform(answerJob());
    expect(told()).toMatchObject([{ kind: "declined", reason: "claimed" }, { kind: "written" }]);
  });

  it("given another one beside it, then each session answers what is its own", async () => {
    const { perform, answerJob, prompts, clock } = await worldWithRows();
    const [first, second] = [questionAt(clock.now(), "First?"), questionAt(clock.now(), "Second?")];
    await perform(answerJob({ questions: [first] }));
    await perform(answerJob({ actor: otherSession, questions: [first, second] }));
    expect(prompts()[1]).toMatch(/\[CURRENT USER MESSAGE\]\nSecond\?$/);
  });

  it("given that no claim can be made, then the job comes again, and no model is asked", async () => {
    const { perform, answerJob, ports, model } = await worldWithRows();
    const claims = { claim: () => Promise.reject(new Error("no table")) };
    await expect(perform(answerJob(), { on: { ...ports, claims } })).rejects.toThrow("no table");
    expect(model.asked).toEqual([]);
  });
});

describe("a conversation that a teammate is in", () => {
  it("is left to them, for as long as the product says", async () => {
    const { chat, clock, perform, answerJob, told, model } = await worldWithRows({ human_quiet_s: 120 });
    chat.teammateReplies("c1", "I am looking into it.");
    clock.advance(120_000);
    await perform(answerJob({ id: "a1" }));
    expect(model.asked).toEqual([]);
    clock.advance(1);
    await perform(answerJob({ id: "a2" }));
    expect(told()).toMatchObject([{ kind: "declined", reason: "teammate" }, { kind: "written" }]);
  });
});

describe("our own words", () => {
  it("given that they come back as the only question, then they are not answered", async () => {
    const { chat, ports, clock, perform, answerJob, told, model } = await worldWithRows();
    const product = await ports.products.find("acme");
    if (!product) throw new Error("there is no product");
    const answer = { conversationId: "c1", text: "Click **Export**.", unlessTeammateSince: clock.now() };
    await chat.platform.answerUser(product, answer);
    await perform(answerJob({ id: "a1", questions: [questionAt(clock.now(), "click  export.")] }));
    expect(told()).toEqual([{ kind: "declined", reason: "loop" }]);
    expect(model.asked).toEqual([]);

    const questions = [questionAt(clock.now(), "Click Export.", "q2"), questionAt(clock.now(), "And then?")];
    await perform(answerJob({ id: "a2", questions }));
    expect(model.asked[0]?.request.prompt).toMatch(/\[CURRENT USER MESSAGE\]\nAnd then\?$/);
  });
});

describe("a chat platform that fails", () => {
  it("given that it recovers in time, then the answer is written", async () => {
    const { chat, perform, answerJob, told } = await worldWithRows();
    chat.failNext(["outage", "limited"], "readTurns");
    await perform(answerJob());
    expect(told()).toMatchObject([{ kind: "written" }]);
  });

  it("given a conversation that is not known everywhere yet, then the job comes again, and is done then", async () => {
    const { chat, perform, answerJob, told } = await worldWithRows();
    chat.failNext(["gone"], "readTurns");
    await expect(perform(answerJob())).rejects.toThrow("does not know the conversation");
    expect(told()).toEqual([]);
    await perform(answerJob());
    expect(told()).toMatchObject([{ kind: "written" }]);
  });

  it.each([
    ["outage", "conversation unreadable"],
    ["unauthorized", "paused"],
    ["limited", "paused"],
  ] as const)(
    "given that it stays so (%s), then no model is asked, since nobody knows who else is there",
    async (fault, reason) => {
      const { chat, perform, answerJob, told, model } = await worldWithRows();
      chat.failAll(fault);
      await perform(answerJob());
      expect(told()).toEqual([{ kind: "failed", reason }]);
      expect(model.asked).toEqual([]);
    },
  );

  it.each(["limited", "unauthorized"] as const)(
    "given that it says %s, then the product is paused for all who would call it",
    async (fault) => {
      const { chat, perform, answerJob, ports, clock } = await worldWithRows();
      const pauses: unknown[] = [];
      const setPause: typeof ports.guards.setPause = async (_, pause) => void pauses.push(pause);
      chat.failNext([fault], "readTurns");
      await perform(answerJob({ notAfter: clock.now() + 15_000 }), {
        on: { ...ports, guards: { ...ports.guards, setPause } },
      });
      expect(pauses).toMatchObject([{ reason: fault }]);
    },
  );

  it("given that the product is paused, then it is not called before that is over", async () => {
    const { chat, perform, answerJob, ports, clock, told } = await worldWithRows();
    const until = clock.now() + 10_000;
    await ports.guards.setPause("acme", { until, reason: "limited" });
    const readAt: number[] = [];
    const readTurns: typeof ports.platform.readTurns = (...asked) => {
      readAt.push(clock.now());
      return chat.platform.readTurns(...asked);
    };
    await perform(answerJob(), { on: { ...ports, platform: { readTurns } } });
    expect(told()).toMatchObject([{ kind: "written" }]);
    expect(readAt).toEqual([until]);
  });

  it("given that the pause outlasts who waits for the answer, then it is not called", async () => {
    const { chat, perform, answerJob, ports, clock, told, model } = await worldWithRows();
    await ports.guards.setPause("acme", { until: clock.now() + 80_000, reason: "unauthorized" });
    await perform(answerJob());
    expect(told()).toEqual([{ kind: "failed", reason: "paused" }]);
    expect([chat.calls, model.asked]).toEqual([[], []]);
  });
});

describe("a knowledge base", () => {
  const withBase = { knowledge_base: { type: "http", url: "https://kb.example.com" } };

  it("is asked the question, and its excerpts go into the prompt", async () => {
    const { knowledge, perform, answerJob, prompts } = await worldWithRows(withBase);
    knowledge.find([{ title: "Exports", content: "Exports are under Reports." }]);
    await perform(answerJob());
    expect(knowledge.asked).toEqual(["How do I export?"]);
    expect(prompts()[0]).toContain("Exports are under Reports.");
  });

  it("given that it fails, then the answer is written without it, and that is counted", async () => {
    const { knowledge, perform, answerJob, told, telemetry } = await worldWithRows(withBase);
    knowledge.failNext();
    await perform(answerJob());
    expect(told()).toMatchObject([{ kind: "written" }]);
    expect(telemetry.counted("knowledge.failed", "acme")).toBe(1);
  });
});

describe("a job that is quicker than the commit of the turn that asked", () => {
  it("waits for the row that is about to be there", async () => {
    const world = createJobWorld({ answers: { enabled: true } });
    await world.log(rows.slice(0, 3));
    const late = {
      ...world.ports,
      wait: async (ms: number) => {
        world.clock.advance(ms);
        await world.log(rows.slice(3));
      },
    };
    await world.perform(world.answerJob({ through: 4 }), { on: late });
    expect(world.prompts()[0]).toContain("Opened page 4");
  });

  it("given a turn that died before it could commit, then it does with what there is", async () => {
    const world = createJobWorld({ answers: { enabled: true } });
    await world.log(rows.slice(0, 3));
    await world.perform(world.answerJob({ through: 4 }));
    expect(world.told()).toMatchObject([{ kind: "written" }]);
  });
});
