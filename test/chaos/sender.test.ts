import { afterEach, expect, it } from "vitest";
import { drive } from "../../chaos/load/drive.ts";
import type { Planned } from "../../chaos/load/plan.ts";
import { createSender } from "../../chaos/load/sender.ts";
import type { Visitors } from "../../chaos/load/visitors.ts";
import { seededRandom } from "../../local/fake-intercom/random.ts";
import { type HttpResponse, type HttpServer, serveHttp } from "../../local/http-server.ts";

let server: HttpServer | undefined;

afterEach(() => server?.close());

/** An edge that gives these answers, one after the other, and keeps what it was sent. */
async function edge(...answers: readonly (number | "drop")[]) {
  const bodies: string[] = [];
  server = await serveHttp(async ({ body }): Promise<HttpResponse | "drop"> => {
    const answer = answers[bodies.length] ?? 500;
    bodies.push(String(body));
    return answer === "drop" ? answer : { status: answer, headers: {}, body: "" };
  });
  return { url: server.url, bodies };
}

const senderTo = (url: string, signal = new AbortController().signal) =>
  createSender({ url, impatient: 0, random: seededRandom(1), signal });

const request = { path: "/actions/acme", signed: { body: "the body", headers: {} } };

it("what is not taken is sent again, the same bytes, until it is", async () => {
  const { url, bodies } = await edge(503, "drop", 202);

  const delivered = await senderTo(url)(request);

  expect(bodies).toEqual(["the body", "the body", "the body"]);
  expect(delivered).toMatchObject({ attempts: 3, acceptedMs: expect.any(Number) });
  expect(delivered.acceptedMs).toBeGreaterThanOrEqual(delivered.firstSentMs);
});

it("what the edge refuses is not sent again", async () => {
  const { url, bodies } = await edge(400);

  expect(await senderTo(url)(request)).toMatchObject({ attempts: 1, acceptedMs: undefined });
  expect(bodies).toHaveLength(1);
});

it("a sender that is told to stop sends nothing again", async () => {
  const stopping = new AbortController();
  const { url, bodies } = await edge(503, 202);
  const sending = senderTo(url, stopping.signal)(request);

  stopping.abort(new Error("stop"));

  await expect(sending).rejects.toThrow();
  expect(bodies.length).toBeLessThan(2);
});

it("the load does not wait for answers: what comes later is sent while an earlier one hangs", async () => {
  const plan: readonly Planned[] = [0, 1, 2].map((batch) => ({
    kind: "batch",
    atMs: batch,
    session: 0,
    batch,
    actions: 1,
  }));
  const visitors: Visitors = { request: () => request, conversationOf: () => undefined };
  const first = Promise.withResolvers<void>();
  let sent = 0;
  const send = async () => {
    sent += 1;
    if (sent === 1) await first.promise;
    return { firstSentMs: 0, acceptedMs: 1, attempts: 1 };
  };

  const driving = drive(plan, { startMs: Date.now(), visitors, send, signal: new AbortController().signal });
  await driving.launched;

  expect(driving.sent()).toBe(3);
  first.resolve();
  expect((await driving.answered).map(({ planned }) => planned)).toEqual(plan);
  expect(driving.underway()).toBe(0);
});
