import fc from "fast-check";
import { trouble } from "../../../scripts/openapi/trouble.ts";
import type { ModelFault } from "../../support/memory/scripted-model.ts";
import { hostileUserEvent, pathId, type UserEdgeName, userEvent } from "../arbitraries/user-request.ts";
import { canary, leaksIn, secretTexts } from "../canaries.ts";
import { undocumented } from "../documented-answer.ts";
import { type FuzzProperty, mustBe } from "../property.ts";
import { send } from "../send.ts";
import type { FuzzSystem } from "../system.ts";

const names: Readonly<Record<UserEdgeName, string>> = {
  context: "GET /context/{product_id}/{user_id}",
  reply: "GET /reply/{product_id}/{user_id}",
  reset: "POST /admin/reset/{product_id}/{user_id}",
};

/** What stands in everything that was done, by whose it is. */
const marks = {
  own: "done by this user",
  other: "done in another user's session",
  takenOver: "done in a session that another user has taken over",
  elsewhere: "done in another product",
} as const;

const OTHER_USER = "another user";

const modelFault = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom<ModelFault>("outage", "empty", "huge", "unauthorized", "limited") },
);

const anyRequest = (edge: UserEdgeName, runs: number): FuzzProperty => ({
  name: `${names[edge]} answers any request as documented, of its user and product alone, and tells no log about it`,
  runs,
  property: (ground) =>
    fc.asyncProperty(
      pathId.chain((userId) => fc.tuple(fc.constant(userId), hostileUserEvent(edge, userId))),
      modelFault,
      async ([userId, { event, ...asked }], fault) => {
        const system = await ground.system();
        await everybodyActs(system, userId);
        // What a model is told comes back, so that an answer shows whose it is.
        system.model.answer(({ prompt }) => prompt);
        system.model.failAll(fault);

        const answer = await system.call(edge, event);
        const { statusCode, body = "" } = answer;
        if (statusCode === 503 && edge === "reply" && fault !== undefined) trouble[503].body.parse(JSON.parse(body));
        else mustBe(undocumented(edge, event.requestContext.http.method, answer), undefined, "the answer");
        const isOwn = asked.userId === userId && asked.productId === "acme" && asked.key === canary.operatorKey;
        const isElsewhere =
          asked.userId === userId && asked.productId === "acme-2" && asked.key === canary.otherOperatorKey;
        const allowed: readonly string[] = [isOwn ? [marks.own] : [], isElsewhere ? [marks.elsewhere] : []].flat();
        const told = Object.values(marks).filter((mark) => body.includes(mark));
        mustBe(
          told.filter((mark) => !allowed.includes(mark)),
          [],
          "told of what is somebody else's",
        );
        if (edge === "context" && statusCode === 200) mustBe(told, allowed, "told of what the user did");
        mustBe(
          secretTexts.filter((secret) => body.includes(secret)),
          [],
          "secrets that were told",
        );

        await system.worker.settle();
        const isReset = edge === "reset" && isOwn && statusCode === 202;
        mustBe(await knows(system, userId), isReset ? [] : [marks.own], "known of the user after it");
        mustBe((await knows(system, OTHER_USER)).includes(marks.other), true, "known of another user after it");
        mustBe(system.worker.quarantined(), [], "put aside");
        mustBe(leaksIn(system.output.take()), [], "logged");
        mustBe(ground.uncaught().length, 0, "rejections that nobody handled");
      },
    ),
});

/**
 * A user in two products, under one name and in sessions of one name, and another user beside, who has taken over one of
 * the sessions.
 */
async function everybodyActs(system: FuzzSystem, userId: string): Promise<void> {
  const acts = async (productId: string, sessionId: string, user: string, mark: string) => {
    const { statusCode } = await send(
      system,
      "actions",
      {
        product_id: productId,
        session_id: sessionId,
        user_id: user,
        actions: [{ description: `${canary.text} ${mark}`, email: canary.email }],
      },
      { productId },
    );
    mustBe(statusCode, 202, "a batch");
  };
  await acts("acme", "s-1", userId, marks.own);
  await acts("acme", "s-2", userId, "done before another user came");
  await acts("acme-2", "s-1", userId, marks.elsewhere);
  await acts("acme", "s-3", OTHER_USER, marks.other);
  await system.worker.settle();
  await acts("acme", "s-2", OTHER_USER, marks.takenOver);
  await system.worker.settle();
}

/** Whose actions a context of this user tells of. */
async function knows(system: FuzzSystem, userId: string): Promise<readonly string[]> {
  const { body = "" } = await system.call("context", userEvent("context", userId));
  return Object.values(marks).filter((mark) => body.includes(mark));
}

export const askedOfAUser = [anyRequest("context", 300), anyRequest("reply", 300), anyRequest("reset", 200)] as const;
