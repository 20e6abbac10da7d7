import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { METRICS_NAMESPACE } from "../../lambdas/adapters/telemetry/metrics.ts";
import { anchorsOf } from "../support/anchors.ts";
import { assemblyDirectory, flat, resources, synthesize, withoutHash } from "./synthesis.ts";

const [template] = synthesize(assemblyDirectory(), { stage: "prod", concurrency: { pushers: 2, streams: 50 } });
if (!template) throw new Error("There is no template");

const alarms = resources(template, "AWS::CloudWatch::Alarm");

type Metric = {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
};

/** The metrics of an alarm, of one with an expression too. */
function metricsOf(properties: Readonly<Record<string, unknown>>): readonly Metric[] {
  const { Metrics = [] } = properties as { Metrics?: readonly { MetricStat?: { Metric: Metric } }[] };
  const parts = Metrics.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []));
  return parts.length > 0 ? parts : [properties];
}

const ours = alarms
  .flatMap(({ properties }) => metricsOf(properties))
  .filter(({ Namespace = "" }) => !Namespace.startsWith("AWS/"));

/** The sources of the functions, as one text. */
function sources(folder = "lambdas"): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

describe("every alarm", () => {
  it("leads to a section of the runbook, and every section of an alarm has one", () => {
    const named = alarms.map(({ properties }) => {
      return String(properties.AlarmDescription).match(/ Runbook: (docs\/operator-runbook\.md)#(\S+)$/)?.[2];
    });
    expect([...new Set(named)].sort()).toEqual([...anchorsOf("docs/operator-runbook.md", 2)].sort());
  });

  it("rings and ends at the topic, and takes silence for peace", () => {
    expect(alarms.length).toBeGreaterThan(20);
    for (const { properties } of alarms) {
      expect(properties).toMatchObject({ TreatMissingData: "notBreaching" });
      for (const actions of [properties.AlarmActions, properties.OKActions] as unknown[][]) {
        expect(actions.map(flat)).toEqual(["<NotificationsTopic>"]);
      }
    }
  });

  it("watches a metric that the functions write, in the dimensions in which they write it for all products", () => {
    const written = sources();
    expect(ours.length).toBeGreaterThan(5);
    for (const { Namespace, MetricName, Dimensions = [] } of ours) {
      expect(Namespace).toBe(METRICS_NAMESPACE);
      expect(written).toContain(`"${MetricName}"`);
      expect(Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]))).toEqual({
        service: expect.stringMatching(/^(actor-worker|deadline-relay|language-worker|push-delivery|read-context)$/),
        stage: "prod",
      });
      // The service is the name that a handler gives its telemetry.
      const service = Dimensions.find(({ Name }) => Name === "service")?.Value;
      expect(written).toMatch(new RegExp(`(createTelemetry|sessionPorts|edgePorts)\\("${service}"`));
    }
  });
});

describe("there is an alarm for", () => {
  const watched = alarms.flatMap(({ properties }) =>
    metricsOf(properties).map(({ MetricName, Dimensions = [] }) => {
      const subject = Dimensions.find(({ Name }) => Name !== "stage")?.Value;
      return `${MetricName} of ${flat(subject).replace(/\.QueueName>$/, ">")}`;
    }),
  );

  it.each([
    ["dead letters", "ApproximateNumberOfMessagesVisible", "<MailboxDeadLettersQueue>"],
    ["dead letters", "ApproximateNumberOfMessagesVisible", "<DelayedLaneDeadLettersQueue>"],
    ["dead letters", "ApproximateNumberOfMessagesVisible", "<SchedulerLaneDeadLettersQueue>"],
    ["dead letters", "ApproximateNumberOfMessagesVisible", "<JobsDeadLettersQueue>"],
    ["dead letters", "ApproximateNumberOfMessagesVisible", "<PushesDeadLettersQueue>"],
    ["messages that wait", "ApproximateAgeOfOldestMessage", "<PushesQueue>"],
    ["crashes", "Errors", "<PushDeliveryWorkerFunction>"],
    ["pushes that are dropped", "push.dropped", "push-delivery"],
    ["crashes", "Errors", "<StreamsTokenFunction>"],
    ["crashes", "Errors", "<StreamsStreamFunction>"],
    ["listeners that are turned away", "Throttles", "<StreamsStreamFunction>"],
    ["messages that wait", "ApproximateAgeOfOldestMessage", "<MailboxQueue>"],
    ["messages that wait", "ApproximateAgeOfOldestMessage", "<JobsQueue>"],
    ["messages that wait", "ApproximateAgeOfOldestMessage", "<DelayedLaneQueue>"],
    ["crashes", "Errors", "<ActorWorkerFunction>"],
    ["crashes", "Errors", "<DelayedLaneRelayFunction>"],
    ["crashes", "Errors", "<LanguageWorkerFunction>"],
    ["crashes", "Errors", "<ContextReadContextFunction>"],
    ["crashes", "Errors", "<ActionsReceiverFunction>"],
    ["crashes", "Errors", "<ChatWebhookReceiverFunction>"],
    ["throttles", "Throttles", "<ActorWorkerFunction>"],
    ["throttles", "Throttles", "<DelayedLaneRelayFunction>"],
    ["throttles", "Throttles", "<ActionsReceiverFunction>"],
    ["throttles", "Throttles", "<ChatWebhookReceiverFunction>"],
    ["a model that refuses", "model.unauthorized", "language-worker"],
    ["a model that refuses", "model.unauthorized", "read-context"],
    ["a refused token", "product.paused.unauthorized", "actor-worker"],
    ["limits", "product.paused.limited", "actor-worker"],
    ["dropped notes", "note.rejected", "actor-worker"],
    ["calls that fail", "call.failed", "actor-worker"],
    ["lost events", "event.lost", "actor-worker"],
    ["late alarms", "deadline.late", "deadline-relay"],
    ["late alarms", "wake.late", "actor-worker"],
    ["a broken configuration", "configuration.rejected", "actor-worker"],
    ["answers of 5xx", "5xx", "<HttpApi>"],
  ])("%s: %s of %s", (_, metric, subject) => {
    expect(watched).toContain(`${metric} of ${subject}`);
  });
});

describe("dead letters", () => {
  it("ring with the first one", () => {
    const first = alarms.filter(({ properties }) => properties.MetricName === "ApproximateNumberOfMessagesVisible");
    expect(first.map(({ id }) => withoutHash(id))).toEqual([
      "MailboxDeadLettersNotEmpty",
      "DelayedLaneDeadLettersNotEmpty",
      "SchedulerLaneDeadLettersNotEmpty",
      "JobsDeadLettersNotEmpty",
      "PushesDeadLettersNotEmpty",
    ]);
    for (const { properties } of first) {
      expect(properties).toMatchObject({
        Threshold: 1,
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
        EvaluationPeriods: 1,
        Statistic: "Maximum",
      });
    }
  });
});
