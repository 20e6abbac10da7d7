import type { SynthesizedStack } from "../../local/template/template.ts";
import { assembly } from "../assembly.ts";
import type { Bench, Part, Report } from "../part.ts";
import { countPushes } from "../pushes/count-pushes.ts";
import { type Cost, total } from "../request-counts.ts";
import { sumOf } from "../usage.ts";
import { countIdle } from "./idle.ts";
import { MOST_REQUESTS } from "./requests.ts";

/** It is queued, received and deleted; nothing more. */
export const MOST_REQUESTS_OF_PUSH = 3;

export const pushes: Part = {
  name: "pushes",
  measures: "AWS requests for a batch that is pushed to its product's own endpoint",
  run: async ({ stack, progress }: Bench): Promise<Report> => {
    using owner = new DisposableStack();
    const pushing = assembly(owner, progress, { pushers: 2 })();
    progress("batches of a product that pushes");
    const { silent, pushed, deliveries } = await countPushes(pushing);
    return {
      tables: [pushTable(silent, pushed)],
      budgets: [
        {
          what: "AWS requests of a batch whose product names no endpoint, where others push",
          limit: MOST_REQUESTS,
          measured: total(silent.requests),
        },
        {
          what: "AWS requests that a push adds",
          limit: MOST_REQUESTS_OF_PUSH,
          measured: total(pushed.requests) - total(silent.requests),
        },
      ],
      figures: { silent, pushed, deliveries, idleMore: idleMore(pushing, stack()) },
    };
  },
};

/** What is paid for by the month more than without. */
function idleMore(pushing: SynthesizedStack, without: SynthesizedStack) {
  const [more, base] = [countIdle(pushing), countIdle(without)];
  return {
    eventSources: more["AWS::Lambda::EventSourceMapping"] - base["AWS::Lambda::EventSourceMapping"],
    alarmMetrics: more.alarmMetrics - base.alarmMetrics,
  };
}

function pushTable(silent: Cost, pushed: Cost) {
  const operations = [...new Set([silent, pushed].flatMap(({ requests }) => Object.keys(requests)))];
  const logged = ({ usage }: Cost) => sumOf(usage.edge, usage.behind)["logs.written"];
  return {
    title: "AWS requests for a batch, where products push",
    head: ["", "not pushed", "pushed"],
    rows: [
      ...operations.map((name) => [name, silent.requests[name] ?? 0, pushed.requests[name] ?? 0]),
      ["requests", total(silent.requests), total(pushed.requests)],
      ["bytes logged by functions", logged(silent), logged(pushed)],
    ],
    notes: ["One at a time, up to the endpoint's answer, so that none shares an invocation."],
  };
}
