import { createHmac } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type HttpRequest, type HttpResponse, serveHttp } from "../../local/http-server.ts";
import { useCommandLine } from "./support/command-line.ts";
import { groupOf, putIntoPushes } from "./support/queue.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";
import { productSettled, untilNotes } from "./support/waiting.ts";

type Payload = {
  readonly type: string;
  readonly session_id: string;
  readonly actions?: readonly { readonly description: string }[];
  readonly summary?: string;
  readonly replaces?: number;
};
type Taken = { readonly id: string; readonly payload: Payload };

const DEADLINE_MS = 30_000;

/** An endpoint as a customer writes one: it checks the signature, and keeps what it has not seen yet. */
let requests: HttpRequest[] = [];
let answer: () => HttpResponse | "drop" | undefined = () => undefined;
const taken = new Map<string, Taken>();
const watchers = new Set<() => void>();
const secrets = new Set(["push-secret-of-acme", "push-secret-of-summed"]);

const endpoint = await serveHttp(async (request) => {
  requests.push(request);
  const body = request.body ?? Buffer.alloc(0);
  const isSigned = [...secrets].some((secret) => {
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    return request.headers["x-connector-signature"] === `sha256=${signature}`;
  });
  const verdict = isSigned ? answer() : { status: 401 };
  if (verdict !== undefined) return verdict;
  const id = String(request.headers["x-throughline-delivery"]);
  if (!taken.has(id)) taken.set(id, { id, payload: JSON.parse(body.toString("utf8")) });
  for (const check of watchers) check();
  return { status: 204 };
});
afterAll(() => endpoint.close());

const push = { url: `${endpoint.url}/in` };
const system = useSystem({ acme: { push }, summed: { push, summary_threshold: 2 }, silent: {} });
const cli = useCommandLine(system);

beforeEach(() => {
  requests = [];
  answer = () => undefined;
});

/** What was taken of a visitor's session, in the order in which it came first. */
function told({ sessionId }: Visitor): readonly Payload[] {
  return [...taken.values()].map(({ payload }) => payload).filter(({ session_id: id }) => id === sessionId);
}

const actionsOf = (visitor: Visitor): readonly string[] =>
  told(visitor).flatMap(({ actions = [] }) => actions.map(({ description }) => description));

async function untilTold(visitor: Visitor, count: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const check = () => {
    if (told(visitor).length >= count) resolve();
  };
  const timer = setTimeout(
    () => reject(new Error(`Waited for ${count}: ${JSON.stringify(told(visitor))}`)),
    DEADLINE_MS,
  );
  watchers.add(check);
  check();
  return promise.finally(() => {
    watchers.delete(check);
    clearTimeout(timer);
  });
}

describe("a product's own endpoint", () => {
  it("is sent each batch, signed, in order, whether or not its session has a conversation", async () => {
    const visitor = newVisitor(system());
    await visitor.acts(["Opened Reports", "Clicked Export"]);
    await visitor.acts(["Opened Billing"]);
    await untilTold(visitor, 2);
    expect(actionsOf(visitor)).toEqual(["Opened Reports", "Clicked Export", "Opened Billing"]);
    expect(told(visitor)[0]).toMatchObject({ type: "actions", product_id: "acme", user_id: visitor.userId, count: 2 });
  });

  it("given that it fails, loses an answer and recovers, then it has each batch once by its id, in order", async () => {
    const visitor = newVisitor(system());
    const troubles: (HttpResponse | "drop")[] = [{ status: 503 }, "drop", { status: 500 }];
    answer = () => troubles.shift();
    const actions = ["one", "two", "three", "four"];
    for (const action of actions) await visitor.acts([action]);
    await untilTold(visitor, actions.length);
    expect(actionsOf(visitor)).toEqual(actions);
    expect(troubles).toEqual([]);
    expect(requests.length).toBeGreaterThan(actions.length);
  });

  it("given that its answer comes too late to be known, then the same push comes again with the same id", async () => {
    const visitor = newVisitor(system());
    const seen: string[] = [];
    answer = () => {
      seen.push(String(requests.at(-1)?.headers["x-throughline-delivery"]));
      return seen.length === 1 ? "drop" : undefined;
    };
    await visitor.acts(["one"]);
    await untilTold(visitor, 1);
    expect(seen).toHaveLength(2);
    expect(new Set(seen).size).toBe(1);
  });

  it("given that it wants no more of one, then that one is dropped and the next arrives", async () => {
    const visitor = newVisitor(system());
    const answers: HttpResponse[] = [{ status: 422 }];
    answer = () => answers.shift();
    await visitor.acts(["refused"]);
    await visitor.acts(["taken"]);
    await untilTold(visitor, 1);
    expect(actionsOf(visitor)).toEqual(["taken"]);
  });

  it("given that it takes nothing for a day, then what it missed is a dead letter, and redriven when it is back", async () => {
    const visitor = newVisitor(system());
    const { queues } = system().cloud;
    const { productId, sessionId } = visitor;
    answer = () => ({ status: 500 });
    await putIntoPushes(system(), {
      id: "yesterday",
      actor: { kind: "session", productId, sessionId },
      at: Date.now() - 86_400_000,
      payload: {
        type: "summary",
        product_id: productId,
        session_id: sessionId,
        summary: "Compared two plans.",
        replaces: 3,
        forwarded_at: Date.now() / 1_000 - 86_400,
      },
    });
    await queues.until(() => queues.messages("PushesDeadLetters").length === 1, DEADLINE_MS);

    const listed = await cli().run(["dlq", "list", "--json"]);
    const { letters } = listed.json<{ letters: readonly { id: string }[] }>();
    expect(letters).toMatchObject([
      { queue: "pushes", kind: "push of summary", product_id: "acme", group: groupOf(visitor) },
    ]);
    const shown = await cli().run(["dlq", "show", letters[0]?.id ?? ""]);
    expect(shown.out).toContain("yesterday");
    expect(shown.out).not.toContain("Compared");
    answer = () => undefined;
    expect((await cli().run(["dlq", "redrive", "--all", "--queue", "pushes"])).code).toBe(0);
    await untilTold(visitor, 1);
    expect(told(visitor)).toMatchObject([{ summary: "Compared two plans." }]);
    expect(queues.messages("PushesDeadLetters")).toEqual([]);
  });

  it("is sent a summary when it stands, after the actions that it stands for", async () => {
    const visitor = newVisitor(system(), "summed");
    const conversation = await visitor.opensChat();
    await visitor.acts(["one"]);
    await untilNotes(system(), visitor, conversation, 1);
    await visitor.acts(["two"]);
    await untilTold(visitor, 3);
    expect(told(visitor).map(({ type }) => type)).toEqual(["actions", "actions", "summary"]);
    expect(told(visitor)[2]?.replaces).toBe(2);
    expect(visitor.notes(conversation).join("\n")).toContain(told(visitor)[2]?.summary);
  });
});

describe("a product that names no endpoint", () => {
  it("sends nothing, and asks nothing of the queue", async () => {
    const visitor = newVisitor(system(), "silent");
    const url = system().cloud.queues.url("PushesQueue");
    const sends = system().cloud.gateway.intercept({
      service: "sqs",
      operation: "SendMessage",
      when: ({ input }) => input.QueueUrl === url,
      moment: "before",
      act: () => "pass",
    });
    const conversation = await visitor.opensChat();
    await visitor.acts(["one"]);
    await untilNotes(system(), visitor, conversation, 1);
    await productSettled(system(), "silent");
    expect(sends.matches()).toBe(0);
    sends.remove();
    expect(told(visitor)).toEqual([]);
  });
});
