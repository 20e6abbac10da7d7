import { expect, it } from "vitest";
import { signBatch, signWebhook } from "../../local/sign.ts";
import ping from "../fixtures/intercom/webhook-ping.json" with { type: "json" };
import { type Answer, post } from "./support/deliver.ts";
import { recordQueued } from "./support/queue.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor } from "./support/visitor.ts";

const system = useSystem({ acme: {} });

const actionsUrl = (productId = "acme") => `${system().cloud.url}/actions/${productId}`;
const webhookUrl = (productId = "acme") => `${system().cloud.url}/chatbot-webhook/${productId}`;
const ingestSecret = () => system().product("acme").ingestSecret;

const unauthorized: Answer = { status: 401, body: { error: "unauthorized" } };

it("a batch with a wrong or a missing signature is refused, and nothing is queued", async () => {
  const queued = recordQueued(system());
  const batch = newVisitor(system()).batch(["Clicked Export"]);
  const { body } = signBatch(batch, ingestSecret());
  const headers = { "content-type": "application/json" };

  expect(await post(actionsUrl(), signBatch(batch, "another secret"))).toEqual(unauthorized);
  expect(await post(actionsUrl(), { body, headers })).toEqual(unauthorized);
  expect(await post(actionsUrl(), { ...signBatch(batch, ingestSecret()), body: `${body} ` })).toEqual(unauthorized);
  expect(queued()).toEqual([]);
});

it("an unknown product is told nothing but what a wrong signature is told", async () => {
  const batch = { ...newVisitor(system()).batch(["Clicked Export"]), product_id: "nobody" };

  expect(await post(actionsUrl("nobody"), signBatch(batch, ingestSecret()))).toEqual(unauthorized);
  expect(await post(webhookUrl("nobody"), signWebhook(ping, "any secret"))).toEqual(unauthorized);
});

it("a body of more than 1 MiB is too large", async () => {
  const queued = recordQueued(system());
  const batch = newVisitor(system()).batch(["x".repeat(1_048_576)]);

  const { status } = await post(actionsUrl(), signBatch(batch, ingestSecret()));

  expect(status).toBe(413);
  expect(queued()).toEqual([]);
});

it("a body that does not say that it is JSON is not taken", async () => {
  const { body, headers } = signBatch(newVisitor(system()).batch(["Clicked Export"]), ingestSecret());

  const { status } = await post(actionsUrl(), { body, headers: { ...headers, "Content-Type": "text/plain" } });

  expect(status).toBe(415);
});

it("times in milliseconds are refused with the place and the reason, and nothing is told back", async () => {
  const queued = recordQueued(system());
  const milliseconds = 1_764_000_000_123;
  const action = { description: "Clicked Export", timestamp_start: milliseconds };
  const batch = { ...newVisitor(system()).batch([]), actions: [action] };

  const { status, body } = await post(actionsUrl(), signBatch(batch, ingestSecret()));

  expect(status).toBe(400);
  expect(body).toEqual({
    error: "invalid",
    problems: [{ path: "actions[0].timestamp_start", reason: "looks like milliseconds; send seconds" }],
  });
  expect(JSON.stringify(body)).not.toContain(String(milliseconds));
  expect(queued()).toEqual([]);
});

it("a webhook with a wrong signature is refused, and nothing is queued", async () => {
  const queued = recordQueued(system());
  const visitor = newVisitor(system());
  const { body, headers } = visitor.notification(visitor.opensChatUnheard());

  expect(await visitor.notify(signWebhook(JSON.parse(body), "another secret"))).toEqual(unauthorized);
  expect(await visitor.notify({ body, headers: { "content-type": "application/json" } })).toEqual(unauthorized);
  expect(await visitor.notify({ body: body.replace("user", "lead"), headers })).toEqual(unauthorized);
  expect(queued()).toEqual([]);
});

it("Intercom's questions about the address are answered", async () => {
  const queued = recordQueued(system());

  const head = await fetch(webhookUrl(), { method: "HEAD" });
  const pinged = await post(webhookUrl(), signWebhook(ping, system().product("acme").clientSecret));

  expect(head.status).toBe(200);
  expect(pinged).toEqual({ status: 200, body: { status: "ignored" } });
  expect(queued()).toEqual([]);
});
