import type { Product, Random, Telemetry } from "../../../lambdas/app/ports.ts";
import { messageGroupId } from "../../../lambdas/domain/actor/keys.ts";
import { configurationSchema, toConfiguration } from "../../../lambdas/domain/product/configuration.ts";
import { type Chance, createChance } from "../chance.ts";
import { createHistory, type History } from "../history.ts";
import type { Scenario } from "../scenario.ts";
import type { Aws } from "./aws-request.ts";
import { createDeadlinesQueue, type DeadlinesQueue } from "./deadlines-queue.ts";
import { createFaultPlan, type FaultPlan } from "./fault-plan.ts";
import { createFifoQueue, type FifoQueue } from "./fifo-queue.ts";
import { createLanguageLog, type LanguageLog } from "./language-log.ts";
import { createOfferLog, type OfferLog } from "./offer-log.ts";
import { createOutsideLog, type OutsideLog } from "./outside-log.ts";
import { createWorkspaces } from "./platform.ts";
import { createScheduler, type Scheduler } from "./scheduler.ts";
import { createTable, type Table } from "./table.ts";
import { BEGINNING, createVirtualTime, type VirtualTime } from "./virtual-time.ts";

export const secrets = {
  ingest: "ingest secret",
  client: "client secret",
  identity: "identity secret",
  operator: "operator-key",
  posthog: "posthog secret",
} as const;

/** As the deployment sets them. */
const JOB_RECEIVES = 5;
const PUSH_RECEIVES = 1_000;

export const ORIGIN = "https://app.example.com";

/** All that processes share: time, chance, the services, and what is remembered of a play. */
export type Cloud = Aws & {
  readonly scenario: Scenario;
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly faults: FaultPlan;
  readonly history: History;
  readonly random: Random;
  readonly telemetry: (process: string) => Telemetry;
  readonly products: ReadonlyMap<string, Product>;
  readonly table: Table;
  readonly actors: FifoQueue;
  readonly jobs: FifoQueue;
  readonly pushes: FifoQueue;
  readonly deadlines: DeadlinesQueue;
  readonly scheduler: Scheduler;
  readonly workspaces: ReturnType<typeof createWorkspaces>;
  readonly offers: OfferLog;
  readonly language: LanguageLog;
  readonly outside: OutsideLog;
  readonly reach: (what: string) => void;
};

export type QueueName = "actors" | "deadlines" | "jobs" | "pushes";

/** @param wake is told that a queue has changed: whoever polls it may find something. */
export function createCloud(scenario: Scenario, traced: boolean, wake: (queue: QueueName) => void): Cloud {
  const time = createVirtualTime();
  const chance = createChance(scenario.luck, "world");
  const history = createHistory(scenario, time);
  const note = (line: () => string): void => {
    if (traced) history.trace.push(`${((time.now() - BEGINNING) / 1_000).toFixed(3).padStart(10)}  ${line()}`);
  };
  const reach = (what: string): void => void history.reached.add(what);
  const faults = createFaultPlan(scenario, time, reach);
  const ports = { time, chance, faults, reach, note };
  let nonces = 0;

  const actors = createFifoQueue(ports, scenario.deployment.maxReceiveCount, {
    onChange: () => wake("actors"),
    onQueued: (sent) => {
      note(() => `queued ${history.name(sent.group)}: ${summary(sent.body)}`);
      history.queued(sent.body);
      language.queued(sent.body);
    },
    onLetter: ({ group, reason, body }) => {
      note(() => `dead letter of ${history.name(group)}, ${reason}: ${summary(body)}`);
      history.letter(body);
    },
  });
  const language = createLanguageLog(time, history);
  const sessionOf = (job: string): string => history.name(messageGroupId(JSON.parse(job).actor));
  const jobs = createFifoQueue(ports, JOB_RECEIVES, {
    onChange: () => wake("jobs"),
    onQueued: ({ body }) => {
      note(() => `queued for the language worker, of ${sessionOf(body)}: ${JSON.parse(body).id}`);
      language.asked(body);
    },
    onLetter: ({ body }) => note(() => `dead letter of the jobs of ${sessionOf(body)}: ${JSON.parse(body).id}`),
  });
  const outside = createOutsideLog(time, history);
  const pushes = createFifoQueue(ports, PUSH_RECEIVES, {
    onChange: () => wake("pushes"),
    onQueued: ({ body }) => {
      note(() => `queued to be pushed: ${JSON.parse(body).id}`);
      outside.pushQueued(body);
    },
    onLetter: ({ body }) => note(() => `dead letter of the pushes: ${JSON.parse(body).id}`),
  });
  return {
    ...ports,
    scenario,
    history,
    language,
    outside,
    jobs,
    pushes,
    offers: createOfferLog(time, history),
    products: new Map(scenario.products.map((product) => [product.productId, productOf(product)])),
    random: {
      unit: createChance(scenario.luck, "random").unit,
      nonce: () => {
        nonces += 1;
        return `n-${nonces}`;
      },
    },
    telemetry: (process) => createTelemetry(process, history, note, reach),
    table: createTable(time, scenario.deployment.ttl, (written) => {
      note(() => history.describeWrite(written));
      language.written(written);
      outside.written(written);
      history.written(written);
    }),
    actors,
    deadlines: createDeadlinesQueue(ports, () => wake("deadlines")),
    scheduler: createScheduler(ports, actors),
    workspaces: createWorkspaces(
      ports,
      [...scenario.products.map(({ productId }) => productId)],
      scenario.deployment.lagMs,
    ),
    count: (request) => void history.requests.set(request, (history.requests.get(request) ?? 0) + 1),
  };
}

function productOf({ productId, document }: Scenario["products"][number]): Product {
  const intercom = { admin_id: "9001" };
  return {
    productId,
    configuration: toConfiguration(configurationSchema.parse({ allowed_origins: [ORIGIN], ...document, intercom })),
    secrets: {
      "intercom/access-token": ["token"],
      "intercom/client-secret": [secrets.client],
      "intercom/identity-secret": [secrets.identity],
      "ingest/secret": [secrets.ingest],
      "operator/key": [secrets.operator],
      "sources/posthog-secret": [secrets.posthog],
      "push/secret": ["push secret"],
    },
  };
}

function createTelemetry(
  process: string,
  history: History,
  note: (line: () => string) => void,
  reach: (what: string) => void,
): Telemetry {
  return {
    info: (event, { reason, result }) => {
      if (/^(answer|summary)\.dropped$/.test(event)) reach(`counted ${event}: ${reason}`);
      if (event === "job.done") reach(`counted ${event}: ${result}`);
    },
    warn: (event) => note(() => `${process} warns: ${event}`),
    error: (event, fields, cause) => {
      note(
        () => `${process} reports: ${event} ${JSON.stringify(fields)} ${cause instanceof Error ? cause.message : ""}`,
      );
      history.reports.push({ event, cause });
    },
    count: (metric) => {
      if (/^(offer|tour|answer|summary|notes|session|job|model|push|feed|events)\./.test(metric))
        reach(`counted ${metric}`);
    },
    measure: () => undefined,
  };
}

/** A message, shortly. */
export function summary(body: string): string {
  const { message, dueAt } = JSON.parse(body);
  if (!message) return `deadline ${dueAt - BEGINNING}`;
  const { type, id, conversationId = "", actions = [], sessionId = "" } = message;
  const texts = actions.map(({ description }: { description: string }) => description.slice(0, 24)).slice(0, 4);
  return [type, id, conversationId, sessionId, texts.join(" | "), actions.length > 4 ? `(${actions.length})` : ""]
    .filter(Boolean)
    .join(" ");
}
