import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeModel, startFakeModel } from "../../local/fake-model/server.ts";

let fake: FakeModel;

beforeEach(async () => {
  fake = await startFakeModel();
});
afterEach(() => fake.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${fake.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });

const ask = (prompt = "Opened /a\nClicked Export\n\nClicked Save", headers: Record<string, string> = {}) => {
  const messages = [
    { role: "system", content: "Summarise." },
    { role: "user", content: prompt },
  ];
  return post("/v1/chat/completions", { model: "m", messages, max_tokens: 10 }, headers);
};

const textOf = async (response: Response) => {
  const body = (await response.json()) as { choices: readonly { message: { content: string } }[] };
  return body.choices[0]?.message.content;
};

describe("the fake model", () => {
  it("names the last lines of what it was asked, unless told otherwise", async () => {
    expect(await textOf(await ask())).toBe("The last lines say: Clicked Export / Clicked Save");
    fake.setAnswer(({ model, prompt }) => `${model}: ${prompt.length}`);
    expect(await textOf(await ask("four"))).toBe("m: 4");
  });

  it("remembers what it was asked, and tells it as it comes", async () => {
    const heard: unknown[] = [];
    const stop = fake.onQuestion(({ prompt }, fault) => heard.push([prompt, fault]));
    await ask("one");
    fake.fault({ name: "outage", count: 1 });
    await ask("two");
    stop();
    await ask("three");
    expect(heard).toEqual([
      ["one", undefined],
      ["two", "outage"],
    ]);
    expect(fake.questions().map(({ prompt }) => prompt)).toEqual(["one", "two", "three"]);
    expect(fake.questions()[0]).toMatchObject({ system: "Summarise.", model: "m", maxOutputTokens: 10 });
  });

  it("answers whoever asks, until keys are set", async () => {
    expect((await ask()).status).toBe(200);
    fake.setKeys(["valid"]);
    expect((await ask()).status).toBe(401);
    expect((await ask("", { authorization: "Bearer wrong" })).status).toBe(401);
    expect((await ask("", { authorization: "Bearer valid" })).status).toBe(200);
  });

  it("refuses what is not in OpenAI's form, and knows no other path", async () => {
    expect((await post("/v1/chat/completions", { model: "m", messages: [] })).status).toBe(400);
    expect((await post("/v1/embeddings", {})).status).toBe(404);
    expect(fake.questions()).toEqual([]);
  });

  it("holds what is slow until it is released", async () => {
    fake.fault({ name: "slow", count: 1 });
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    fake.onQuestion(() => resolve());
    const answered: string[] = [];
    const slow = ask("slow").then(() => answered.push("slow"));
    await asked;
    await ask("quick").then(() => answered.push("quick"));
    fake.release();
    await slow;
    expect(answered).toEqual(["quick", "slow"]);
  });

  it.each([
    ["outage", 503],
    ["rate-limit", 429],
    ["rejected", 400],
    ["unauthorized", 401],
    ["unknown", 404],
    ["html", 200],
    ["no-body", 200],
  ] as const)("under the fault %s answers %i, until faults are cleared", async (name, status) => {
    fake.fault({ name });
    expect((await ask()).status).toBe(status);
    fake.clearFaults();
    expect(await textOf(await ask())).toContain("The last lines say");
  });

  it("cuts a connection, and limits with a wait", async () => {
    fake.fault({ name: "dropped", count: 1 });
    await expect(ask()).rejects.toThrow();
    fake.fault({ name: "rate-limit", retryAfterS: 7 });
    expect((await ask()).headers.get("retry-after")).toBe("7");
  });

  it("finds what its knowledge holds for a query, whatever is wrong with the model", async () => {
    fake.setExcerpts(({ query }) => [{ title: "t", content: query }]);
    fake.fault({ name: "outage", operation: "complete" });
    const found = await post("/knowledge", { query: "exports" });
    expect(await found.json()).toEqual({ records: [{ title: "t", content: "exports" }] });
    expect(fake.searches()).toEqual([{ protocol: "http", knowledgeBase: "", query: "exports" }]);
    expect((await ask()).status).toBe(503);
  });
});
