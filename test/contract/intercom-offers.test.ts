import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createIntercomPlatform } from "../../lambdas/adapters/intercom/platform.ts";
import type { ChatPlatform, Product } from "../../lambdas/app/ports.ts";
import { replyOptions } from "../../lambdas/domain/proactive/reply-options.ts";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";
import { productWith } from "../support/product.ts";

const startedAt = 1_756_200_000_000;
const lagMs = 800;
const body = "Need help?";
const options = replyOptions("acme", [
  { id: "yes", label: "Yes" },
  { id: "no", label: "No" },
]);

describe("offers over the network", () => {
  let fake: FakeIntercom;
  let time: number;
  let platform: ChatPlatform;
  let product: Product;
  let conversationId: string;

  beforeEach(async () => {
    time = startedAt;
    fake = await startFakeIntercom({ now: () => time, skewS: 0 });
    platform = createIntercomPlatform({ clock: { now: () => time } });
    product = productWith({ intercom: { base_url: fake.url }, delivery: { call_timeout_s: 0.3 } });
    conversationId = fake.openConversation({ contactId: fake.addContact({}).id, text: "Hello" }).id;
  });
  afterEach(() => fake.close());

  const offer = () => platform.offerHelp(product, { conversationId, body, options });
  const find = (createdSince = 0) =>
    platform.findOffer(product, {
      conversationId,
      optionUuids: options.map(({ uuid }) => uuid),
      fingerprint: platform.fingerprint(body),
      createdSince,
      known: new Set(),
    });
  const shown = () => fake.parts(conversationId).map(({ kind, text, options: chips }) => [kind, text, chips.length]);
  const partId = (index: number) => fake.parts(conversationId)[index]?.id;
  const requests = (operation: string) =>
    fake
      .counts()
      .filter((count) => count.operation === operation)
      .reduce((sum, count) => sum + count.requests, 0);

  test.each([
    ["error-500", "failed", 0],
    ["outage", "failed", 0],
    ["bad-gateway", "uncertain", 1],
    ["drop-before", "uncertain", 0],
    ["drop-after", "uncertain", 1],
    ["hang-after", "uncertain", 1],
  ] as const)("%s on an offer is %s and leaves %i parts", async (name, reason, written) => {
    fake.fault({ name });
    await expect(offer()).rejects.toMatchObject({ name: "RetryableError", reason });
    expect(shown()).toHaveLength(written);
  });

  test("an offer is settled by its 2xx, even when the answer cannot be read", async () => {
    fake.fault({ name: "malformed" });
    await expect(offer()).resolves.toEqual({});
  });

  test("body and options are one part where the workspace takes them so", async () => {
    const answer = await offer();
    expect(shown()).toEqual([["quick_reply", body, 2]]);
    expect(answer).toEqual({ partId: partId(0) });
  });

  test("an offer whose options Intercom does not give back is found by its words", async () => {
    const { id } = fake.adminWrites(conversationId, { adminId: "9001", kind: "quick_reply", text: body });
    time += lagMs;
    await expect(find()).resolves.toEqual({ partId: id });
  });

  test("options are sent and read in the version that the product names", async () => {
    product = productWith({ intercom: { base_url: fake.url }, proactive: { quick_reply_version: "9.9" } });
    await expect(offer()).resolves.toMatchObject({ bare: true });
    await expect(find()).rejects.toMatchObject({ name: "TerminalError", reason: "rejected" });
  });

  describe("where a quick reply may have no body", () => {
    beforeEach(() => fake.setRules({ bodyWithOptions: "refused" }));

    test("the body goes first, the options follow, and the offer is the part with the options", async () => {
      const answer = await offer();
      expect(shown()).toEqual([
        ["comment", body, 0],
        ["quick_reply", "", 2],
      ]);
      expect(answer).toEqual({ partId: partId(1) });
      time += lagMs;
      await expect(find()).resolves.toEqual({ partId: partId(1) });
    });

    test("the refusal is met once, not with every offer", async () => {
      await offer();
      await offer();
      expect(requests("offer")).toBe(3);
      expect(shown().map(([kind]) => kind)).toEqual(["comment", "quick_reply", "comment", "quick_reply"]);
    });

    test("another product finds out for itself", async () => {
      await offer();
      fake.setRules({ bodyWithOptions: "taken" });
      await platform.offerHelp({ ...product, productId: "other" }, { conversationId, body, options });
      expect(shown().at(-1)).toEqual(["quick_reply", body, 2]);
    });

    test("a body that is lost on its way has shown the user nothing, and is not found", async () => {
      fake.fault({ name: "drop-before", operation: "comment" });
      await expect(offer()).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
      time += lagMs;
      await expect(find()).resolves.toBeUndefined();
    });

    test("a body whose answer is lost is found, though no options follow it", async () => {
      fake.fault({ name: "drop-after", operation: "comment" });
      await expect(offer()).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
      time += lagMs;
      await expect(find(startedAt)).resolves.toEqual({ partId: partId(0) });
      expect(shown()).toEqual([["comment", body, 0]]);
    });

    test.each([
      ["outage", "failed"],
      ["rate-limit", "limited"],
    ] as const)("a body that fails (%s) has shown the user nothing: the offer %s", async (name, reason) => {
      fake.fault({ name, operation: "comment" });
      await expect(offer()).rejects.toMatchObject({ name: "RetryableError", reason });
      expect(shown()).toEqual([]);
    });

    test("a body that is refused, too, is an offer refused", async () => {
      fake.fault({ name: "reject", operation: "comment" });
      await expect(offer()).rejects.toMatchObject({ name: "TerminalError", reason: "rejected" });
      expect(shown()).toEqual([]);
    });
  });

  describe("once the body stands, nothing fails any more", () => {
    test.each(["outage", "error-500", "rate-limit", "drop-before", "revoked-token"] as const)(
      "when the options meet %s, the offer stands bare",
      async (name) => {
        fake.fault({ name: "reject", operation: "offer", count: 1 });
        fake.fault({ name, operation: "offer" });
        const answer = await offer();
        expect(shown()).toEqual([["comment", body, 0]]);
        expect(answer).toEqual({ partId: partId(0), bare: true });
        time += lagMs;
        await expect(find()).resolves.toEqual({ partId: partId(0) });
      },
    );

    test("a workspace that refused the options altogether is tried again in full next time", async () => {
      fake.fault({ name: "reject", operation: "offer", count: 2 });
      await expect(offer()).resolves.toMatchObject({ bare: true });
      await expect(offer()).resolves.toEqual({ partId: expect.any(String) });
      expect(shown()).toEqual([
        ["comment", body, 0],
        ["quick_reply", body, 2],
      ]);
    });

    test("all requests of one offer have one call timeout together", async () => {
      fake.fault({ name: "reject", operation: "offer", count: 1 });
      fake.fault({ name: "hang-after", operation: "offer" });
      await expect(offer()).resolves.toMatchObject({ bare: true });
      // The options were written though their answer never came: they are what is found.
      time += lagMs;
      await expect(find()).resolves.toEqual({ partId: partId(1) });
    });
  });

  describe("whose a conversation is", () => {
    test("is a person's as soon as they wrote, even if Intercom does not show it yet", async () => {
      const ours = fake.adminOpens({ adminId: "9001", contactId: fake.addContact({}).id, text: "Hello" }).id;
      fake.userReplies(ours, "Yes?");
      await expect(platform.readOrigin(product, ours)).resolves.toEqual({ openedByUs: true, personWrote: true });
    });

    test("may be a person's when there is more in it than Intercom shows", async () => {
      const ours = fake.adminOpens({ adminId: "9001", contactId: fake.addContact({}).id, text: "Hello" }).id;
      const write = () => fake.adminWrites(ours, { adminId: "9001", kind: "note", text: "note" });
      for (let n = 0; n < 499; n += 1) write();
      time += lagMs;
      await expect(platform.readOrigin(product, ours)).resolves.toEqual({ openedByUs: true, personWrote: false });
      write();
      time += lagMs;
      await expect(platform.readOrigin(product, ours)).resolves.toEqual({ openedByUs: true, personWrote: true });
    });

    test("is a colleague's when another admin began it", async () => {
      const opened = { adminId: "1", contactId: fake.addContact({}).id, text: "Hello" };
      await expect(platform.readOrigin(product, fake.adminOpens(opened).id)).resolves.toMatchObject({
        openedByUs: false,
      });
    });
  });

  test("a deleted conversation stays in the reports", async () => {
    await platform.deleteConversation(product, conversationId);
    expect(fake.deletions()).toMatchObject([{ conversation: { id: conversationId }, retainMetrics: true }]);
  });

  test("an id that is a path of its own deletes nothing", async () => {
    for (const id of ["..", ".", "", `../conversations/${conversationId}`, `${conversationId}?x=1`]) {
      await platform.deleteConversation(product, id);
    }
    expect(fake.deletions()).toEqual([]);
  });
});
