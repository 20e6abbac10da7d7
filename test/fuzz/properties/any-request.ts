import fc from "fast-check";
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
      mustBe(leaksIn(answer.body ?? ""), [], "told back");
      await system.worker.settle();
      mustBe(system.worker.quarantined(), [], "put aside");
      mustBe(leaksIn(system.output.take()), [], "logged");
      mustBe(ground.uncaught().length, 0, "rejections that nobody handled");
    }),
});

export const anyRequestProperties = [
  anyRequest("actions", 600),
  anyRequest("webhook", 400),
  anyRequest("link", 400),
  anyRequest("tour", 400),
  anyRequest("labels", 200),
  anyRequest("products", 200),
] as const;
