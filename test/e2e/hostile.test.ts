import fc from "fast-check";
import { beforeAll, expect, inject, it } from "vitest";
import type { EdgeName } from "../fuzz/arbitraries/bodies.ts";
import { projectKeyFor } from "../fuzz/arbitraries/events.ts";
import { type HostileRequest, hostileRequest } from "../fuzz/arbitraries/request.ts";
import { canary, leaksIn } from "../fuzz/canaries.ts";
import { undocumented } from "../fuzz/documented-answer.ts";
import { rawRequest, sendRaw } from "./support/raw-http.ts";
import { rawCases } from "./support/raw-requests.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor } from "./support/visitor.ts";
import { settled, untilNotes } from "./support/waiting.ts";

const system = useSystem({
  acme: { allowed_origins: [canary.origin], sources: { project_key: projectKeyFor("acme") } },
});

const port = () => Number(new URL(system().cloud.url).port);

beforeAll(() => {
  const { cloud } = system();
  const { ingestSecret, clientSecret, posthogSecret, fullstoryToken } = system().product("acme");
  const base = `/throughline/${inject("assembly").stage}/products/acme`;
  // Both values are valid, as while a secret is rotated.
  for (const [name, values] of [
    ["ingest/secret", [ingestSecret, canary.ingestSecret]],
    ["intercom/client-secret", [clientSecret, canary.clientSecret]],
    ["sources/posthog-secret", [posthogSecret, canary.posthogSecret]],
    ["sources/fullstory-token", [fullstoryToken, canary.fullstoryToken]],
  ] as const) {
    cloud.putParameter(`${base}/${name}`, values.join("\n"), "SecureString");
  }
});

const paths: Readonly<Record<EdgeName, (productId: string) => string>> = {
  actions: (productId) => `/actions/${productId}`,
  webhook: (productId) => `/chatbot-webhook/${productId}`,
  link: () => "/sessions/link",
  tour: () => "/tours/progress",
  labels: (productId) => `/intercom/proactive/${productId}`,
  products: () => "/products",
  posthog: (productId) => `/webhook/${productId}`,
  fullstory: (productId) => `/webhook/${productId}`,
  events: () => "/batch/",
  token: () => "/sessions/token",
};

const escaped = (productId: string) => encodeURIComponent(productId.toWellFormed());

/** A request to close the connection after, with a length unless its headers say how long it is. */
function written({ edge, method, productId, headers, body }: HostileRequest): Buffer {
  const framing = [
    ["Host", "localhost"],
    ["Connection", "close"],
    ["Content-Length", String(body?.byteLength ?? 0)],
  ] as const;
  return rawRequest(`${method} ${paths[edge](escaped(productId ?? ""))} HTTP/1.1`, [...framing, ...headers], body);
}

/** What a gateway says by itself: no HTTP, no such route, too large. */
const gatewayStatuses = [400, 404, 413, 431];

/** @returns why an answer is none that anybody documents. */
function complaint(request: HostileRequest, status: number, body: string): string | undefined {
  const headers = {
    "content-type": "application/json",
    "access-control-allow-origin": "*",
    "cache-control": "no-store",
  };
  const ofEdge = () => undocumented(request.edge, request.method, { statusCode: status, headers, body });
  return gatewayStatuses.includes(status) && !body.startsWith('{"error"') ? undefined : ofEdge();
}

it("requests that nobody should send are answered as documented, one by one and together", async () => {
  const requests = fc.sample(hostileRequest(), { seed: 1, numRuns: 350 });
  const statuses = new Set<number>();
  const atATime = 8;
  for (let at = 0; at < requests.length; at += atATime) {
    const some = requests.slice(at, at + atATime);
    const answers = await Promise.all(some.map((request) => sendRaw(port(), written(request))));
    answers.forEach(({ statuses: [status = 0], body }, index) => {
      statuses.add(status);
      const request = some[index] as HostileRequest;
      expect(complaint(request, status, body), JSON.stringify(request).slice(0, 2_000)).toBeUndefined();
    });
  }
  expect([...statuses]).toEqual(expect.arrayContaining([200, 202, 204, 400, 401, 403, 404, 413, 415]));
});

it.each(rawCases)("a request $what is answered as a gateway does", async ({ bytes, statuses, thenEnds = false }) => {
  const answer = await sendRaw(port(), bytes, { thenEnds });
  expect(answer.statuses).toEqual(statuses);
});

it("after all of that nothing is left over, nobody has died, and no log tells of it", async () => {
  const { cloud } = system();
  const visitor = newVisitor(system());
  const conversation = await visitor.opensChat();
  const told = '<b>bold</b> & <script>alert("1")</script> \u001b[31m';
  await visitor.acts([told]);
  await untilNotes(system(), visitor, conversation, 1);
  expect(visitor.lines(conversation)).toEqual([told.replace("\u001b", " ")]);
  expect(
    system()
      .product("acme")
      .intercom.parts(conversation)
      .flatMap(({ markup }) => markup),
  ).toEqual([]);

  await settled(system());

  const names = [
    "ActionsReceiver",
    "ChatWebhookReceiver",
    "PageReportsReceiver",
    "SourcesReceiver",
    "BrowserEventsReceiver",
    "AdministrationAddProduct",
    "ActorWorker",
  ];
  for (const name of names) {
    const runtime = cloud.functionProcess(name);
    expect(runtime.processes()).toHaveLength(runtime.coldStarts());
  }
  const lines = cloud.logs.lines();
  expect(lines.filter(({ stream, line }) => stream === "stderr" && !line.startsWith('{"level":"'))).toEqual([]);
  expect(leaksIn(lines.map(({ line }) => line).join("\n"))).toEqual([]);
  expect((await fetch(`${cloud.url}/healthz`)).status).toBe(200);
});
