import { createHmac, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, it } from "vitest";
import {
  greet,
  helpChip,
  hesitation,
  memoryOf,
  offering,
  toldBy,
  untilRemembered,
  untilTold,
  visits,
} from "./support/offers.ts";
import { recordQueued } from "./support/queue.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";

const origin = "https://app.example.com";
const operatorKey: string = randomUUID();

/** Longer than any of these tests. */
const LONG_S = 600;

const chips = (label: string, part: string) => ({
  id: part,
  name: part,
  proactive_criteria: { id: part, name: part, type: "url_contains", value: part },
  messages: [{ id: part, label }],
});

const system = useSystem({
  acme: offering({ waitS: LONG_S, more: { allowed_origins: [origin] } }),
  strict: offering({ waitS: LONG_S, more: { allowed_origins: [origin], identity_verification: true } }),
  labelled: {
    integration_config: {
      proactive_intercom: [chips("Invite somebody", "/team"), chips("Export a report", "/reports")],
    },
  },
});

beforeAll(() => {
  const { cloud, product } = system();
  const { intercom, clientSecret } = product("acme");
  intercom.subscribe({ url: `${cloud.url}/chatbot-webhook/acme`, clientSecret });
  const base = `/throughline/${inject("assembly").stage}/products`;
  cloud.putParameter(`${base}/labelled/operator/key`, operatorKey, "SecureString");
});

/** The visitor's page says this of its tour. @returns the answer's status */
async function reports({ productId, sessionId }: Visitor, said: object, from = origin): Promise<number> {
  const { status } = await fetch(`${system().cloud.url}/tours/progress`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: from },
    body: JSON.stringify({ product_id: productId, session_id: sessionId, ...said }),
  });
  return status;
}

/** A visitor who was offered help in this conversation. */
async function offered(productId = "acme"): Promise<{ readonly visitor: Visitor; readonly conversation: string }> {
  const visitor = newVisitor(system(), productId);
  const conversation = greet(system(), visitor);
  await visits(visitor, conversation, hesitation);
  await untilTold(system(), visitor, ["offer.shown"]);
  return { visitor, conversation };
}

const agentOf = async (visitor: Visitor) => (await memoryOf(system(), visitor)).manners?.agent;

describe("what a page says of its tour", () => {
  it("restarts the timeout", async () => {
    const { visitor } = await offered();
    const before = await agentOf(visitor);

    expect(await reports(visitor, { progress: "step", flow_id: "tour-export", step: 2 })).toBe(202);

    const { detail } = await untilTold(system(), visitor, ["tour.progressed"]);
    expect(detail).toMatchObject({ progress: "step", flow_id: "tour-export", step: 2 });
    const after = await agentOf(visitor);
    expect(after?.lastInteractionAt).toBe(Date.parse(String(detail.at)));
    expect(after?.lastInteractionAt).toBeGreaterThan(before?.lastInteractionAt ?? 0);
  });

  it("ends the guidance with the tour", async () => {
    const { visitor, conversation } = await offered();
    const { intercom } = system().product("acme");
    intercom.tapOption(conversation, helpChip);
    await untilTold(system(), visitor, ["offer.shown"], 2);
    intercom.tapOption(conversation, "Yes");
    await untilTold(system(), visitor, ["tour.launched"]);
    // What is announced is on the bus before it is remembered.
    await untilRemembered(system(), visitor, ({ manners }) => manners?.agent.guidance?.tourId === "tour-export");

    expect(await reports(visitor, { progress: "completed", flow_id: "tour-export" })).toBe(202);

    await untilTold(system(), visitor, ["tour.progressed"]);
    expect(await agentOf(visitor)).toMatchObject({ mode: "proactive_assistance", guidance: null });
  });

  it("is applied once, however often it is sent", async () => {
    const { visitor } = await offered();
    const second = { progress: "step", step: 2, id: "report-2" };

    await reports(visitor, second);
    await reports(visitor, second);
    await reports(visitor, { progress: "step", step: 3, id: "report-3" });

    await untilTold(system(), visitor, ["tour.progressed"], 2);
    const progressed = toldBy(system(), visitor).filter(({ type }) => type === "tour.progressed");
    expect(progressed.map(({ detail }) => detail.step)).toEqual([2, 3]);
  });

  it("is refused from another origin, and for a user who is not proved", async () => {
    const queued = recordQueued(system());
    const visitor = newVisitor(system(), "strict");
    const { userId } = visitor;
    const hash = createHmac("sha256", system().product("strict").identitySecret).update(userId).digest("hex");
    const said = { progress: "dismissed", user_id: userId };

    expect(await reports(visitor, { ...said, user_hash: hash }, "https://evil.example.com")).toBe(403);
    expect(await reports(visitor, said)).toBe(401);
    expect(await reports(visitor, { ...said, user_hash: hash.replace(/^./, "x") })).toBe(401);
    expect(queued()).toEqual([]);
    expect(await reports(visitor, { ...said, user_hash: hash })).toBe(202);
  });
});

describe("labels for a product's own chatbot", () => {
  const labelsFor = async (visitor: Visitor, key = operatorKey): Promise<readonly [status: number, body: unknown]> => {
    const response = await fetch(`${system().cloud.url}/intercom/proactive/${visitor.productId}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ session_id: visitor.sessionId, conversation_id: "", action_count: 1 }),
    });
    return [response.status, await response.json()];
  };

  it("are those of the chips that suit what the session did, else the first ones", async () => {
    const visitor = newVisitor(system(), "labelled");
    expect(await labelsFor(visitor)).toEqual([200, { prompts: ["Invite somebody", "Export a report"] }]);

    await visits(visitor, greet(system(), visitor), ["/reports"]);
    await untilTold(system(), visitor, ["session.linked"]);

    expect(await labelsFor(visitor)).toEqual([200, { prompts: ["Export a report"] }]);
  });

  it("are for the holder of the product's key alone", async () => {
    const refused = [401, { error: "unauthorized" }];
    expect(await labelsFor(newVisitor(system(), "labelled"), "guessed")).toEqual(refused);
    expect(await labelsFor(newVisitor(system(), "acme"))).toEqual(refused);
  });
});
