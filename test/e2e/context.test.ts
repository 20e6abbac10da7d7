import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { knowledgeBaseId } from "./support/knowledge-base.ts";
import { greet, toldBy, untilTold } from "./support/offers.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";
import { settled } from "./support/waiting.ts";

const keys = { acme: randomUUID(), other: randomUUID(), rented: randomUUID() } as const;
const operatorKey: string = keys.acme;

const system = useSystem({
  acme: { language: { provider: "extractive" } },
  /** Its users are named as those of the first, and so are its sessions. */
  other: { summary_threshold: 2 },
  /** All that it has is the stack's: the model, and a knowledge base. */
  rented: {
    language: { provider: "bedrock" },
    answers: { knowledge_base: { type: "bedrock", id: knowledgeBaseId } },
  },
});

beforeAll(() => {
  const base = `/throughline/${inject("assembly").stage}/products`;
  for (const [productId, key] of Object.entries(keys)) {
    system().cloud.putParameter(`${base}/${productId}/operator/key`, key, "SecureString");
  }
});

type Asked = {
  readonly productId?: string;
  readonly path?: string;
  readonly method?: string;
  readonly query?: string;
  readonly key?: string;
};

/** A product's own chatbot asks of a user. */
async function asks(
  userId: string,
  { productId = "acme", path = "context", method = "GET", query, key = operatorKey }: Asked = {},
) {
  const url = new URL(`${system().cloud.url}/${path}/${productId}/${encodeURIComponent(userId)}`);
  if (query !== undefined) url.searchParams.set("query", query);
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${key}` } });
  const body = (await response.json()) as Readonly<Record<string, string>>;
  return { status: response.status, body, caching: response.headers.get("cache-control") };
}

async function visitorWhoActed(productId = "acme"): Promise<Visitor> {
  const visitor = newVisitor(system(), productId);
  await visitor.acts(["Opened the report", "Clicked Export"]);
  await settled(system());
  return visitor;
}

describe("what another chatbot may ask", () => {
  it("is what a user just did, of which nothing is kept on the way", async () => {
    const { userId, sessionId } = await visitorWhoActed();
    const { status, body, caching } = await asks(userId, { query: "Why does it fail?" });
    expect({ status, caching }).toEqual({ status: 200, caching: "no-store" });
    expect(body).toMatchObject({ product_id: "acme", user_id: userId });
    expect(body.context).toContain(`Session ${sessionId} (acme):`);
    expect(body.context).toContain("Clicked Export");
    expect(body.enriched_query).toMatch(/Clicked Export[\s\S]*\[Query\]\nWhy does it fail\?$/);
  });

  it("is an answer that names what the user just did", async () => {
    const { userId } = await visitorWhoActed();
    const { status, body, caching } = await asks(userId, { path: "reply", query: "What did I do?" });
    expect({ status, caching }).toEqual({ status: 200, caching: "no-store" });
    expect(body.reply).toContain("Export");
  });

  it("is an answer of the model of the stack, by a knowledge base that the stack may use", async () => {
    const { userId } = await visitorWhoActed("rented");
    system().bedrock.setAnswer(() => "Look under **Downloads**.");
    system().bedrock.setExcerpts(() => [{ title: null, content: "Files go to Downloads." }]);
    const own = { productId: "rented", key: keys.rented, path: "reply", query: "Where is it?" };
    expect(await asks(userId, own)).toMatchObject({ status: 200, body: { reply: "Look under **Downloads**." } });
    expect(system().bedrock.questions().at(-1)?.prompt).toContain("Files go to Downloads.");
  });

  it("is for the holder of the product's key alone, and about known users", async () => {
    const { userId } = await visitorWhoActed();
    expect(await asks(userId, { key: "guessed" })).toMatchObject({ status: 401, caching: "no-store" });
    expect(await asks("nobody")).toMatchObject({ status: 404, caching: "no-store" });
    expect(await asks(encodeURIComponent("team/50%"))).toMatchObject({ status: 404 });
    expect(await asks(userId, { path: "reply" })).toMatchObject({ status: 400, body: { error: "invalid" } });
  });

  it("is that a user's activity be forgotten", async () => {
    const visitor = await visitorWhoActed();
    expect(await asks(visitor.userId, { path: "admin/reset", method: "POST" })).toMatchObject({ status: 202 });
    await untilTold(system(), visitor, ["session.reset"]);
    await settled(system());
    expect(await asks(visitor.userId)).toMatchObject({ status: 404 });
    expect(toldBy(system(), visitor).map(({ type }) => type)).toEqual(["session.reset"]);
  });
});

describe("what is asked of one product", () => {
  /** A visitor of both products, in sessions of one name. */
  async function visitorOfBoth() {
    const visitor = await visitorWhoActed();
    const { userId: user_id, sessionId } = visitor;
    const { id: contactId } = system().product("other").intercom.addContact({ externalId: user_id });
    const elsewhere = { ...newVisitor(system(), "other", { sessionId }), contactId };
    await elsewhere.acts(["Opened the payroll"], { user_id });
    await settled(system());
    return { visitor, elsewhere };
  }

  it("is nothing of another, whatever its users and sessions are called", async () => {
    const { visitor } = await visitorOfBoth();
    const stranger = await visitorWhoActed();
    const own = { productId: "other", key: keys.other };

    const [here, there] = [await asks(visitor.userId), await asks(visitor.userId, own)];

    expect(here.body.context).not.toContain("payroll");
    expect(here.body.context).not.toContain(stranger.sessionId);
    expect(there.body.context).toContain("Opened the payroll");
    expect(there.body.context).not.toContain("Export");
    const refused = { status: 401, body: { error: "unauthorized" } };
    expect(await asks(visitor.userId, { productId: "other" })).toMatchObject(refused);
    expect(await asks(visitor.userId, { productId: "nobodys" })).toMatchObject(refused);
    expect(await asks(visitor.userId, { ...own, path: "admin/reset", method: "POST", key: keys.acme })).toMatchObject(
      refused,
    );
  });

  it("is forgotten there alone, with the summary that stands", async () => {
    const { visitor, elsewhere } = await visitorOfBoth();
    const own = { productId: "other", key: keys.other };
    const { model } = system().product("other");
    model.setAnswer(() => "They looked at salaries.");
    const conversation = greet(system(), elsewhere);
    await elsewhere.acts(["Closed the payroll"], { user_id: visitor.userId, conversation_id: conversation });
    const posted = await untilTold(system(), elsewhere, ["summary.posted"]);
    await elsewhere.acts(["Opened the calendar"], { user_id: visitor.userId });
    await settled(system());
    const before = await asks(visitor.userId, own);

    expect(posted.detail).toMatchObject({ version: "1", product_id: "other", actions: 2 });
    expect(before.body.context).toContain("Summary: They looked at salaries.");
    expect(before.body.context).toContain("Opened the calendar");
    expect(before.body.context).not.toContain("Closed the payroll");
    expect(await asks(visitor.userId, { ...own, path: "admin/reset", method: "POST" })).toMatchObject({ status: 202 });
    await untilTold(system(), elsewhere, ["session.reset"]);
    await settled(system());
    expect(await asks(visitor.userId, own)).toMatchObject({ status: 404 });
    expect((await asks(visitor.userId)).body.context).toContain("Clicked Export");
  });

  it("is not answered while its model is down, and the sender may ask again", async () => {
    const { visitor } = await visitorOfBoth();
    const own = { productId: "other", key: keys.other, path: "reply", query: "What now?" };
    const { model } = system().product("other");
    model.fault({ name: "outage" });
    expect(await asks(visitor.userId, own)).toMatchObject({ status: 503, caching: "no-store" });

    model.clearFaults();
    model.setAnswer(() => "Press **Save**.");

    expect(await asks(visitor.userId, own)).toMatchObject({ status: 200, body: { reply: "Press **Save**." } });
    expect(model.questions().at(-1)?.prompt).not.toContain("Export");
  });
});
