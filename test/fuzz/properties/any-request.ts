import fc from "fast-check";
import type { HttpAnswer } from "../../../lambdas/handlers/http-answer.ts";
import type { EdgeName } from "../arbitraries/bodies.ts";
import { leaksIn } from "../canaries.ts";
import { undocumented } from "../documented-answer.ts";
import { hostileEvent } from "../event.ts";
import { type FuzzProperty, mustBe } from "../property.ts";

const names: Readonly<Record<EdgeName, string>> = {
  actions: "POST /actions/{product_id}",
  webhook: "POST and HEAD /chatbot-webhook/{product_id}",
  link: "POST and OPTIONS /sessions/link",
  tour: "POST and OPTIONS /tours/progress",
  labels: "POST /intercom/proactive/{product_id}",
  products: "POST /products",
  posthog: "POST /webhook/{product_id} of PostHog",
  fullstory: "POST /webhook/{product_id} of FullStory",
  events: "POST and OPTIONS of PostHog's library's paths",
  token: "POST and OPTIONS /sessions/token",
};

const anyRequest = (edge: EdgeName, runs: number): FuzzProperty => ({
  name: `${names[edge]} answers any request as documented, tells no log about it, and its worker folds what it took`,
  runs,
  property: (ground) =>
    fc.asyncProperty(hostileEvent([edge]), async ({ event }) => {
      const system = await ground.system();
      const answer = await system.call(edge, event);
      const complaint = undocumented(edge, event.requestContext.http.method, answer);
      mustBe(complaint, undefined, `the answer (the log says ${complaint && system.output.take()})`);
      mustBe(leaksIn(toldBy(edge, answer)), [], "told back");
      await system.worker.settle();
      mustBe(system.worker.quarantined(), [], "put aside");
      mustBe(leaksIn(system.output.take()), [], "logged");
      mustBe(ground.uncaught().length, 0, "rejections that nobody handled");
    }),
});

/** A token comes with the address at which it is good, and that names the session. */
function toldBy(edge: EdgeName, { statusCode, body = "" }: HttpAnswer): string {
  return edge === "token" && statusCode === 200 ? JSON.parse(body).token : body;
}

export const anyRequestProperties = [
  anyRequest("actions", 600),
  anyRequest("webhook", 400),
  anyRequest("link", 400),
  anyRequest("tour", 400),
  anyRequest("labels", 200),
  anyRequest("products", 200),
  anyRequest("posthog", 400),
  anyRequest("fullstory", 300),
  anyRequest("events", 600),
  anyRequest("token", 400),
] as const;
