import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createOpenAiModel } from "../../lambdas/adapters/language-model/openai.ts";
import type { Product } from "../../lambdas/app/ports.ts";
import { type HttpRequest, type HttpResponse, type HttpServer, serveHttp } from "../../local/http-server.ts";
import { productWith } from "../support/product.ts";
import { requestOf } from "./suites/language-model.ts";

const model = createOpenAiModel();
const completion = {
  choices: [{ message: { content: "A text." } }],
  usage: { prompt_tokens: 3, completion_tokens: 2 },
};
const json = (body: unknown, status = 200): HttpResponse => ({ status, body: JSON.stringify(body) });

let server: HttpServer;
let requests: HttpRequest[];
let answer: (request: HttpRequest) => HttpResponse | "drop";

beforeEach(async () => {
  requests = [];
  answer = () => json(completion);
  server = await serveHttp(async (request) => {
    requests.push(request);
    return answer(request);
  });
});
afterEach(() => server.close());

const productOf = (keys: readonly string[], language: object = {}): Product =>
  productWith(
    { language: { provider: "openai", base_url: `${server.url}/v1`, model: "m-1", ...language } },
    { "language/api-key": keys },
  );
const complete = (product = productOf(["s3cret"])) => model.complete(product, requestOf(), { timeoutMs: 20_000 });
const keysSent = () => requests.map(({ headers }) => headers.authorization);

describe("a request for a completion", () => {
  test("is OpenAI's: instructions and data apart, the limit of the output, and the key", async () => {
    await complete();
    const [{ method, target, headers, body }] = requests as [HttpRequest];
    expect({ method, target }).toEqual({ method: "POST", target: "/v1/chat/completions" });
    expect(headers).toMatchObject({ authorization: "Bearer s3cret", "content-type": "application/json" });
    expect(JSON.parse(String(body))).toEqual({
      model: "m-1",
      messages: [
        { role: "system", content: requestOf().system },
        { role: "user", content: requestOf().prompt },
      ],
      max_tokens: 300,
    });
  });

  test("goes to the same place when the address ends in a slash", async () => {
    await complete(productOf(["s3cret"], { base_url: `${server.url}/v1/` }));
    expect(requests.map(({ target }) => target)).toEqual(["/v1/chat/completions"]);
  });

  test("has no key where none is set, nor one that no header can carry", async () => {
    await complete(productOf([]));
    await complete(productOf(["no key\nat all"]));
    expect(keysSent()).toEqual([undefined, undefined]);
  });

  test("is not made for a product without a model", async () => {
    const product = productOf(["s3cret"], { model: undefined });
    await expect(complete(product)).rejects.toMatchObject({ name: "TerminalError", reason: "rejected" });
    expect(requests).toEqual([]);
  });
});

describe("while the key is rotated", () => {
  test.each(["old", "new"])("either of two values works (%s)", async (valid) => {
    answer = ({ headers }) => (headers.authorization === `Bearer ${valid}` ? json(completion) : json({}, 401));
    await expect(complete(productOf(["old", "new"]))).resolves.toMatchObject({ text: "A text." });
  });

  test("when both are refused, both were tried once", async () => {
    answer = () => json({}, 401);
    await expect(complete(productOf(["old", "new"]))).rejects.toMatchObject({ reason: "unauthorized" });
    expect(keysSent()).toEqual(["Bearer old", "Bearer new"]);
  });
});

describe("an answer of a server of one's own", () => {
  test.each([
    ["no usage", { choices: completion.choices }, { text: "A text.", tokensIn: 0, tokensOut: 0 }],
    ["usage of null", { ...completion, usage: null }, { text: "A text.", tokensIn: 0, tokensOut: 0 }],
    ["half a usage", { ...completion, usage: { prompt_tokens: 3 } }, { text: "A text.", tokensIn: 3, tokensOut: 0 }],
    [
      "no content",
      { ...completion, choices: [{ message: { content: null } }] },
      { text: "", tokensIn: 3, tokensOut: 2 },
    ],
  ])("with %s is taken", async (_, body, expected) => {
    answer = () => json(body);
    await expect(complete()).resolves.toEqual(expected);
  });

  test.each([
    ["a page", { status: 200, body: "<!doctype html>" }],
    ["no body", { status: 200 }],
    ["no content at all", { status: 204 }],
    ["null", json(null)],
    ["no choice", json({ choices: [] })],
    ["an error in a 200", json({ error: { message: "overloaded" } })],
    ["half a megabyte", json({ ...completion, padding: "x".repeat(512 * 1024) })],
    ["a redirect", { status: 307, headers: { location: "/v2/chat/completions" } }],
  ])("with %s may be better next time, and was asked for once", async (_, response) => {
    answer = () => response;
    await expect(complete()).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
    expect(requests).toHaveLength(1);
  });

  test("that is cut off may be charged", async () => {
    answer = () => "drop";
    await expect(complete()).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
  });

  test("that is not there was not asked", async () => {
    await server.close();
    await expect(complete()).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
  });
});
