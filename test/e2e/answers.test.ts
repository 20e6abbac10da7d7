import { beforeAll, describe, expect, it } from "vitest";
import type { FaultName } from "../../local/fake-intercom/faults.ts";
import { userReplied } from "../../local/fake-intercom/notification.ts";
import { signWebhook } from "../../local/sign.ts";
import { knowledgeBaseId } from "./support/knowledge-base.ts";
import { answersIn } from "./support/language.ts";
import {
  adminId,
  greet,
  helpChip,
  hesitation,
  offering,
  offersIn,
  toldBy,
  untilTold,
  visits,
} from "./support/offers.ts";
import { putIntoGroup, recordQueued } from "./support/queue.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";
import { productSettled } from "./support/waiting.ts";

/** What becomes of the call in which an answer is written. */
const inDoubt: readonly FaultName[] = ["drop-before", "drop-after", "hang-after"];

const answering = { answers: { enabled: true } };

const system = useSystem({
  acme: answering,
  again: answering,
  tabs: answering,
  busy: answering,
  echo: answering,
  guiding: offering({ waitS: 600, more: answering }),
  http: ({ model }) => ({
    answers: { enabled: true, knowledge_base: { type: "http", url: `${model.url}/knowledge` } },
  }),
  bedrock: {
    language: { provider: "bedrock" },
    answers: { enabled: true, knowledge_base: { type: "bedrock", id: knowledgeBaseId } },
  },
  /** Names a knowledge base that the stack may not use. */
  curious: { answers: { enabled: true, knowledge_base: { type: "bedrock", id: "NOTGRANTED" } } },
  ...Object.fromEntries(inDoubt.map((fault) => [fault, answering])),
});

const productIds = ["acme", "again", "tabs", "busy", "echo", "guiding", "http", "bedrock", "curious", ...inDoubt];

beforeAll(() => {
  for (const productId of productIds) {
    const { intercom, clientSecret } = system().product(productId);
    intercom.subscribe({ url: `${system().cloud.url}/chatbot-webhook/${productId}`, clientSecret });
  }
});

const modelOf = ({ productId }: Visitor) => system().product(productId).model;
const intercomOf = ({ productId }: Visitor) => system().product(productId).intercom;

/** A visitor who has done this, to whom the product has written, and whose session knows the conversation. */
async function greeted(productId: string): Promise<{ readonly visitor: Visitor; readonly conversation: string }> {
  const visitor = newVisitor(system(), productId);
  const conversation = greet(system(), visitor);
  await visits(visitor, conversation, ["/reports"]);
  await untilTold(system(), visitor, ["note.posted"]);
  return { visitor, conversation };
}

/** What the user was told in a conversation, once all is over. */
async function told(visitor: Visitor, conversation: string): Promise<readonly string[]> {
  await productSettled(system(), visitor.productId);
  return answersIn(system(), visitor, conversation).map(({ text }) => text);
}

describe.concurrent("an answer", () => {
  it("is written to the user, from what they just did, as plain text with bold labels", async () => {
    const { visitor, conversation } = await greeted("acme");
    modelOf(visitor).setAnswer(() => 'Open **Reports & more**.\n\n# 1 < 2\n<img src="x">Press <b>Export</b>.');

    intercomOf(visitor).userReplies(conversation, "Where do I <export>?");
    const { detail } = await untilTold(system(), visitor, ["answer.posted"]);

    expect(detail).toMatchObject({ questions: 1, tries: 1, conversation_id: conversation });
    expect(answersIn(system(), visitor, conversation)).toMatchObject([
      { text: "Open Reports & more.\n1 < 2\nPress Export.", author: { id: adminId }, markup: [] },
    ]);
    expect(answersIn(system(), visitor, conversation)[0]?.html).toContain("<b>Reports &amp; more</b>");
    const [question] = modelOf(visitor).questions();
    expect(question?.prompt).toContain("Opened /reports");
    expect(question?.prompt).toMatch(/\[CURRENT USER MESSAGE\]\nWhere do I <export>\?$/);
  });

  it("is given once, however often the platform tells of the question", async () => {
    const visitor = newVisitor(system(), "again");
    await visitor.acts(["Opened Reports"]);
    intercomOf(visitor).subscribe(undefined);
    const conversation = visitor.opensChatUnheard();
    const notification = visitor.notification(conversation);
    const queued = recordQueued(system());
    await visitor.notify(notification);
    await untilTold(system(), visitor, ["answer.posted"]);

    await visitor.notify(notification);
    // Later than five minutes, the queue takes it for a message that it has never seen.
    const heard = queued().filter(({ body }) => body.includes(conversation));
    for (const { group, body } of heard) await putIntoGroup(system(), group, body);

    expect(heard.length).toBeGreaterThan(1);
    expect(await told(visitor, conversation)).toHaveLength(1);
    expect(modelOf(visitor).questions()).toHaveLength(1);
  });

  it("is given once to a user with two tabs", async () => {
    const visitor = newVisitor(system(), "tabs");
    const otherTab = `${visitor.sessionId}-other`;
    await visitor.acts(["Opened Reports"]);
    await visitor.acts(["Opened Billing"], { session_id: otherTab });
    await productSettled(system(), "tabs");
    const conversation = visitor.opensChatUnheard();
    await untilTold(system(), { ...visitor, sessionId: otherTab }, ["answer.posted"]);

    expect(await told(visitor, conversation)).toHaveLength(1);
    expect(modelOf(visitor).questions()).toHaveLength(1);
  });

  it("is left to a teammate who has just written, and none is asked for", async () => {
    const { visitor, conversation } = await greeted("busy");
    intercomOf(visitor).teammateReplies(conversation, "I am on it.");

    intercomOf(visitor).userReplies(conversation, "Thanks! And where is it?");
    const { detail } = await untilTold(system(), visitor, ["answer.dropped"]);

    expect(detail).toMatchObject({ reason: "teammate" });
    expect(await told(visitor, conversation)).toEqual([]);
    expect(modelOf(visitor).questions()).toEqual([]);
  });

  it("is not answered itself", async () => {
    const { visitor, conversation } = await greeted("echo");
    intercomOf(visitor).userReplies(conversation, "Where do I export a report?");
    await untilTold(system(), visitor, ["answer.posted"]);
    const [answer] = answersIn(system(), visitor, conversation);
    const opening = { partId: conversation, text: "Welcome!", atMs: Date.now(), adminId };
    const writer = { conversationId: conversation, contactId: visitor.contactId, name: "Jane Roe" };
    const reply = { partId: answer?.id ?? "", text: answer?.text ?? "", atMs: Date.now() };
    const ours = JSON.stringify(userReplied(writer, opening, reply)).replaceAll(
      `"type":"user","id":"${visitor.contactId}"`,
      `"type":"admin","id":"${adminId}"`,
    );
    const queued = recordQueued(system());

    for (const topic of ["conversation.admin.replied", "conversation.user.replied"]) {
      const notification = { ...JSON.parse(ours), topic };
      const { status } = await visitor.notify(signWebhook(notification, system().product("echo").clientSecret));
      expect(status).toBe(200);
    }

    expect(queued().filter(({ body }) => body.includes(conversation))).toEqual([]);
    expect(modelOf(visitor).questions()).toHaveLength(1);
  });

  it.each(inDoubt)("is given once when its call is in doubt: %s", async (fault) => {
    const { visitor, conversation } = await greeted(fault);
    modelOf(visitor).setAnswer(() => "Press **Export**.");
    intercomOf(visitor).fault({ name: fault, operation: "comment", count: 1 });

    intercomOf(visitor).userReplies(conversation, "How?");
    await untilTold(system(), visitor, ["answer.posted"]);

    expect(await told(visitor, conversation)).toEqual(["Press Export."]);
    expect(modelOf(visitor).questions()).toHaveLength(1);
  });

  it("to a tapped chip comes first, then the offer of its tour", async () => {
    const visitor = newVisitor(system(), "guiding");
    const conversation = greet(system(), visitor);
    modelOf(visitor).setAnswer(() => "Press **Export**.");
    await visits(visitor, conversation, hesitation);
    await untilTold(system(), visitor, ["offer.shown"]);

    intercomOf(visitor).tapOption(conversation, helpChip);
    await untilTold(system(), visitor, ["offer.shown"], 2);

    const [, tour] = offersIn(system(), visitor, conversation);
    const [answer] = answersIn(system(), visitor, conversation);
    const parts = intercomOf(visitor)
      .parts(conversation)
      .map(({ id }) => id);
    expect(tour?.options.map(({ text }) => text)).toEqual(["Yes", "No"]);
    expect(answer?.text).toBe("Press Export.");
    expect(parts.indexOf(answer?.id ?? "")).toBeLessThan(parts.indexOf(tour?.id ?? ""));
    const types = toldBy(system(), visitor).map(({ type }) => type);
    expect(types.indexOf("answer.posted")).toBeLessThan(types.lastIndexOf("offer.shown"));
  });
});

describe.concurrent("a knowledge base", () => {
  const excerpts = [{ title: "Exports", content: "Exports are under the gear." }];

  it.each(["http", "bedrock"] as const)("is asked over %s, and what it finds is in the prompt", async (productId) => {
    const { visitor, conversation } = await greeted(productId);
    const mind = productId === "bedrock" ? system().bedrock : modelOf(visitor);
    mind.setExcerpts(() => excerpts);

    intercomOf(visitor).userReplies(conversation, "Where are exports?");
    await untilTold(system(), visitor, ["answer.posted"]);

    expect(mind.searches()).toContainEqual(
      expect.objectContaining({ protocol: productId, query: "Where are exports?" }),
    );
    expect(mind.questions().at(-1)?.prompt).toContain("Exports are under the gear.");
  });

  it("that the role may not use is done without", async () => {
    const { visitor, conversation } = await greeted("curious");

    intercomOf(visitor).userReplies(conversation, "Where are exports?");
    await untilTold(system(), visitor, ["answer.posted"]);

    expect(
      system()
        .bedrock.searches()
        .filter(({ knowledgeBase }) => knowledgeBase !== knowledgeBaseId),
    ).toEqual([]);
    expect(await told(visitor, conversation)).toHaveLength(1);
  });
});
