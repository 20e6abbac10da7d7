import { describe, expect, it } from "vitest";
import { verifyBearer } from "../../lambdas/adapters/operator/bearer.ts";
import { suggestLabelsEndpoint } from "../../lambdas/handlers/suggest-labels-endpoint.ts";
import { httpEvent } from "../support/http-event.ts";
import { productWith } from "../support/product.ts";
import { createWorld } from "../support/world.ts";

const chips = (id: string, criteria: object, label: string) => ({
  id,
  name: id,
  proactive_criteria: { id, name: id, ...criteria },
  messages: [{ id, label }],
});

const document = {
  integration_config: {
    proactive_intercom: [
      chips("many", { type: "action_count", min: 100 }, "Slow down?"),
      chips("plans", { type: "url_contains", value: "/plans" }, "Compare plans"),
    ],
  },
};

const firstOnes = ["Slow down?", "Compare plans"];
const asked = { session_id: "s1", conversation_id: "c1", action_count: 3 };

/** The products `acme` and `other`, and a session of `acme` whose user looks at plans in the conversation `c1`. */
async function edge() {
  const world = createWorld(document);
  const product = productWith(document, { "operator/key": ["key-of-acme"] });
  world.products.put(product);
  world.products.put({ ...product, productId: "other", secrets: { "operator/key": ["key-of-other"] } });
  await world.act("s1", ["looked at plans"], { pages: ["/plans"] });
  await world.write("c1");
  await world.work();
  const { store, clock, telemetry, products } = world;
  const ports = { store, clock, telemetry, products, verifyBearer };
  const post = async (body: unknown, { productId = "acme", key = "key-of-acme" } = {}) => {
    const { statusCode, body: answer } = await suggestLabelsEndpoint(
      ports,
      httpEvent({
        productId,
        headers: { Authorization: `Bearer ${key}` },
        body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
      }),
    );
    return [statusCode, JSON.parse(answer ?? "")];
  };
  return { world, post };
}

describe("POST /intercom/proactive/{product_id}", () => {
  it("answers with the labels that suit what the session did", async () => {
    const { post } = await edge();
    expect(await post(asked)).toEqual([200, { prompts: ["Compare plans"] }]);
    expect(await post({ session_id: "s1" })).toEqual([200, { prompts: ["Compare plans"] }]);
    expect(await post({ session_id: "s1", conversation_id: "" })).toEqual([200, { prompts: ["Compare plans"] }]);
  });

  it("believes a chatbot that has counted more actions of the session", async () => {
    const { post } = await edge();
    expect(await post({ ...asked, action_count: 100 })).toEqual([200, { prompts: ["Slow down?"] }]);
  });

  it("answers with the first ones for a session that nobody knows", async () => {
    const { post } = await edge();
    expect(await post({ ...asked, session_id: "s2" })).toEqual([200, { prompts: firstOnes }]);
  });

  it("tells nothing of what was done in another product, or for another conversation", async () => {
    const { post } = await edge();
    const ofOther = { productId: "other", key: "key-of-other" };
    expect(await post(asked, ofOther)).toEqual([200, { prompts: firstOnes }]);
    expect(await post({ ...asked, conversation_id: "c2" })).toEqual([200, { prompts: firstOnes }]);
  });

  it("changes nothing", async () => {
    const { world, post } = await edge();
    const version = async () =>
      (await world.store.load({ kind: "session", productId: "acme", sessionId: "s1" }, world.clock.now())).version;
    const before = await version();
    await post(asked);
    await world.work();
    expect(await version()).toBe(before);
    expect(world.chat.offers).toEqual([]);
  });

  it("answers 401 in the same words to a wrong key, another product's key, and for an unknown product", async () => {
    const { world, post } = await edge();
    const refused = [401, { error: "unauthorized" }];
    expect(await post(asked, { key: "guessed" })).toEqual(refused);
    expect(await post(asked, { key: "key-of-other" })).toEqual(refused);
    expect(await post(asked, { productId: "nobody", key: "guessed" })).toEqual(refused);
    expect(JSON.stringify(world.telemetry.entries())).not.toContain("nobody");
  });

  it.each([
    ["{", "body", "is not valid JSON"],
    ["[]", "body", "must be an object"],
    [{ ...asked, session_id: "" }, "session_id", "must not be empty"],
    [{ ...asked, action_count: "3" }, "action_count", "must be a whole number, 0 or more"],
    [{ ...asked, action_count: -1 }, "action_count", "must be a whole number, 0 or more"],
  ])("answers 400 to %j, and says why", async (body, path, reason) => {
    const { post } = await edge();
    expect(await post(body)).toEqual([400, { error: "invalid", problems: [{ path, reason }] }]);
  });

  it("answers 413 to more than 8 KB", async () => {
    const { post } = await edge();
    expect(await post({ ...asked, padding: " ".repeat(8_192) })).toEqual([
      413,
      { error: "the body must be at most 8 KB" },
    ]);
  });
});
