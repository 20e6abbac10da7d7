import { Duration } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  MathExpression,
  Row,
  Stats,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { costDrivers, type WhatCosts } from "./cost-drivers.ts";
import { metricsNamespace, type Service, throughlineMetric } from "./throughline-metric.ts";

export interface StoryDashboardProps extends WhatCosts {
  readonly stage: string;
  readonly alarms: readonly IAlarm[];
}

/** One page that tells from the top what comes in, what goes out, how long it takes, what is wrong, and what it costs. */
export class StoryDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: StoryDashboardProps) {
    super(scope, id);
    const { stage, mailbox, delayedLane, schedulerLane, jobs, pushes } = props;
    const streams = props.functions["stream-session"];
    const sum = (metric: string, label: string, service: Service = "actor-worker") =>
      throughlineMetric(metric, { stage, service, label });
    const share = (metric: string, statistic: string, label: string, service: Service = "actor-worker") =>
      throughlineMetric(metric, { stage, service, statistic, label: `${label}, ${statistic}` });

    this.dashboard = new Dashboard(this, "Dashboard", { defaultInterval: Duration.hours(12) });
    this.dashboard.addWidgets(
      new Row(
        new TextWidget({
          markdown:
            `# Throughline, stage ${stage}\nBatches of actions come in at the top, notes go out into conversations. ` +
            "What each alarm means and what to do: `docs/operator-runbook.md`.",
          width: 24,
          height: 3,
        }),
      ),
      new Row(new AlarmStatusWidget({ title: "Alarms", alarms: [...props.alarms], width: 24, height: 5 })),
      new Row(
        graph("In: accepted a period", [
          sum("batches.accepted", "batches of actions", "receive-actions"),
          sum("events.accepted", "events of tools", "receive-source-webhook"),
          sum("events.accepted", "events of pages", "receive-browser-events"),
          sum("webhooks.accepted", "chat webhooks", "receive-chat-webhook"),
          sum("claims.accepted", "pages' claims", "receive-page-reports"),
          sum("tour_reports.accepted", "pages' tours", "receive-page-reports"),
          sum("actions.invalid", "bodies refused", "receive-actions"),
        ]),
        graph("Out: what came of it", [
          sum("session.linked", "sessions linked"),
          sum("note.posted", "notes posted"),
          sum("note.rejected", "notes given up"),
          sum("summary.posted", "summaries posted"),
          sum("answer.posted", "answers posted"),
          ...(pushes
            ? [
                sum("push.delivered", "pushed to endpoints", "push-delivery"),
                sum("push.failed", "pushes refused", "push-delivery"),
                sum("push.dropped", "pushes dropped", "push-delivery"),
              ]
            : []),
        ]),
        graph("From acceptance (or the link) to the note, ms", [
          share("note.waited", "p50", "waited"),
          share("note.waited", "p99", "waited"),
        ]),
      ),
      new Row(
        graph("Products that are paused", [
          byProduct("product.paused.unauthorized", "refused (401, 403)", stage, "actor-worker"),
          byProduct("product.paused.limited", "limited (429)", stage, "actor-worker"),
          byProduct("configuration.rejected", "configuration", stage, "actor-worker"),
        ]),
        graph("Calls to the chat platform that failed", [
          sum("call.failed", "failed, tried again"),
          sum("call.uncertain", "uncertain, looked for"),
          sum("call.gone", "conversation unknown"),
          sum("call.rejected", "refused for good"),
        ]),
        graph("Lateness of alarms, ms", [
          share("deadline.late", "p90", "handed on", "deadline-relay"),
          share("wake.late", "p90", "session woken"),
        ]),
      ),
      new Row(
        graph("Tokens of language models", [
          byProduct("model.tokens_in", "in:", stage),
          byProduct("model.tokens_out", "out:", stage),
        ]),
        graph("Summaries and answers that came to nothing", [
          sum("summary.dropped", "summaries"),
          sum("answer.dropped", "answers"),
        ]),
        graph("Language models that refuse (401, 403)", [
          sum("model.unauthorized", "jobs", "language-worker"),
          sum("model.unauthorized", "other chatbots", "read-context"),
        ]),
      ),
      ...(streams
        ? [
            new Row(
              graph("Listeners at once, and those turned away", [
                streams.metric("ConcurrentExecutions", { statistic: Stats.MAXIMUM, label: "at once, at most" }),
                streams.metricThrottles({ label: "turned away (429)" }),
              ]),
              graph("What listeners ask for", [
                sum("stream_tokens.issued", "tokens", "issue-stream-token"),
                sum("streams.opened", "streams of sessions", "stream-session"),
                sum("product_streams.opened", "streams of products", "stream-session"),
              ]),
              graph("Told to listeners of products", [
                sum("feed.told", "payloads kept for them"),
                sum("feed.failed", "payloads that they miss"),
              ]),
            ),
          ]
        : []),
      new Row(
        graph("Age of the oldest message, seconds", [
          mailbox.queue.metricApproximateAgeOfOldestMessage({ label: "mailbox" }),
          delayedLane.queue.metricApproximateAgeOfOldestMessage({ label: "deadlines" }),
          jobs.queue.metricApproximateAgeOfOldestMessage({ label: "language jobs" }),
          ...(pushes ? [pushes.queue.metricApproximateAgeOfOldestMessage({ label: "pushes" })] : []),
        ]),
        graph("Dead letters", [
          mailbox.deadLetters.metricApproximateNumberOfMessagesVisible({ label: "of the mailbox" }),
          delayedLane.deadLetters.metricApproximateNumberOfMessagesVisible({ label: "of the delayed lane" }),
          schedulerLane.deadLetters.metricApproximateNumberOfMessagesVisible({ label: "of the scheduler lane" }),
          jobs.deadLetters.metricApproximateNumberOfMessagesVisible({ label: "of the language jobs" }),
          ...(pushes ? [pushes.deadLetters.metricApproximateNumberOfMessagesVisible({ label: "of the pushes" })] : []),
        ]),
        graph("Not run, or crashed", [
          ...Object.entries(props.functions).flatMap(([name, fn]) => [
            fn.metricThrottles({ label: `${name}, not run` }),
            fn.metricErrors({ label: `${name}, crashed` }),
          ]),
        ]),
      ),
      new Row(...costDrivers(props).map(({ title, metrics }) => graph(title, metrics, 6))),
    );
  }
}

function graph(title: string, metrics: readonly IMetric[], width = 8): GraphWidget {
  return new GraphWidget({ title, left: [...metrics], leftYAxis: { min: 0 }, width, height: 6 });
}

/** One line a product, of one function or of each: a dashboard may search for them, unlike an alarm. */
function byProduct(metricName: string, label: string, stage: string, service?: Service): MathExpression {
  const named = service === undefined ? "" : `service="${service}" `;
  const schema = `{${metricsNamespace},service,stage,product_id}`;
  return new MathExpression({
    expression: `SEARCH('${schema} MetricName="${metricName}" ${named}stage="${stage}"', 'Sum', 300)`,
    usingMetrics: {},
    label: `${label} \${PROP('Dim.product_id')}`,
    period: Duration.minutes(5),
  });
}
