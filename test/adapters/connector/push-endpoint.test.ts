import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPushEndpoint } from "../../../lambdas/adapters/connector/push-endpoint.ts";
import { RetryableError } from "../../../lambdas/app/ports.ts";
import { pushOf } from "../../contract/suites/push-queue.ts";

type Received = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };
type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

let server: Server;
let url: string;
let received: Received[];
/** Undefined: no answer at all. */
let answers: (Answer | undefined)[];

beforeEach(async () => {
  received = [];
  answers = [];
  server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    received.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    const answer = answers.length === 0 ? { status: 204 } : answers.shift();
    if (answer) response.writeHead(answer.status, answer.headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const push = pushOf("s1", "delivery-1", "Wrote “grüezi” \ud83d\ude42.");
const signatureOf = (body: string, secret: string) =>
  `sha256=${createHmac("sha256", secret).update(body, "utf8").digest("hex")}`;
const deliver = (secrets: readonly string[] = ["secret"], timeoutMs = 10_000) =>
  createPushEndpoint({ timeoutMs }).deliver({ url: `${url}/in?tenant=7`, secrets }, push);

describe("an endpoint of a product's", () => {
  it("is sent the payload, its id, and the signature of the very bytes", async () => {
    await deliver();
    const [one] = received;
    expect(received).toHaveLength(1);
    expect(one?.path).toBe("/in?tenant=7");
    expect(JSON.parse(one?.body ?? "")).toEqual(push.payload);
    expect(one?.headers).toMatchObject({
      "content-type": "application/json",
      "x-connector-signature": signatureOf(one?.body ?? "", "secret"),
      "x-throughline-delivery": "delivery-1",
    });
  });

  it.each([
    [400, "TerminalError", "rejected"],
    [410, "TerminalError", "gone"],
    [422, "TerminalError", "rejected"],
    [302, "RetryableError", "failed"],
    [401, "RetryableError", "failed"],
    [403, "RetryableError", "failed"],
    [404, "RetryableError", "failed"],
    [413, "RetryableError", "failed"],
    [429, "RetryableError", "limited"],
    [500, "RetryableError", "failed"],
    [503, "RetryableError", "limited"],
  ])("given that it answers %i, then that is a %s, %s", async (status, name, reason) => {
    answers = [{ status, headers: { location: `${url}/elsewhere` } }];
    await expect(deliver()).rejects.toMatchObject({ name, reason, message: `push: ${status}` });
    expect(received.map(({ path }) => path)).toEqual(["/in?tenant=7"]);
  });

  it.each([
    ["20", 20_000],
    ["0", 1_000],
    ["999999999999", 300_000],
    ["99999999999999999999", undefined],
    ["-5", undefined],
    ["soon", undefined],
    ["Fri, 31 Dec 9999 23:59:59 GMT", undefined],
  ])("given that it says when to come back (%s), then the error says so, within reason", async (wish, retryAfterMs) => {
    answers = [{ status: 503, headers: { "retry-after": wish } }];
    const error = await deliver().catch((cause) => cause);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.retryAfterMs).toBe(retryAfterMs);
  });

  it("given an answer that does not end, then it is not read to its end", async () => {
    const closed = new Promise<void>((resolve) => {
      server.removeAllListeners("request").on("request", (request, response) => {
        request.resume();
        response.on("close", resolve).writeHead(200).write("for ever");
      });
    });
    await deliver();
    await closed;
  });

  it("given that it does not answer in time, then it may have taken it", async () => {
    answers = [undefined];
    await expect(deliver(["secret"], 50)).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
  });

  it("given that nobody listens, then it has certainly not taken it", async () => {
    await new Promise((resolve) => server.close(resolve));
    await expect(deliver()).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
  });

  it("given a secret that is being rotated, then the older value signs, and after a 401 the newer one", async () => {
    await deliver(["newer", "older"]);
    answers = [{ status: 401 }, { status: 204 }];
    await deliver(["newer", "older"]);
    expect(received.map(({ headers, body }) => [headers["x-connector-signature"], body])).toEqual(
      ["older", "older", "newer"].map((secret) => [signatureOf(received[0]?.body ?? "", secret), received[0]?.body]),
    );
  });

  it("given a secret that is being rotated, then trouble of another kind is not tried with both", async () => {
    answers = [{ status: 500 }];
    await expect(deliver(["newer", "older"])).rejects.toMatchObject({ message: "push: 500" });
    expect(received).toHaveLength(1);
  });

  it("given no secret, then nothing is sent unsigned", async () => {
    await expect(deliver([])).rejects.toMatchObject({ name: "RetryableError" });
    expect(received).toEqual([]);
  });
});
