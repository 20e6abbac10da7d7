import { type IMetric, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { ActorMailbox } from "./actor-mailbox.ts";
import type { ActorTable } from "./actor-table.ts";
import type { DelayedLane } from "./delayed-lane.ts";
import type { LanguageJobs } from "./language-jobs.ts";
import type { Pushes } from "./pushes.ts";
import type { SchedulerLane } from "./scheduler-lane.ts";
import type { Service } from "./throughline-metric.ts";

export interface WhatCosts {
  /** Those of pages that listen are there only where pages may. */
  readonly functions: Readonly<Partial<Record<Service, LambdaFunction>>>;
  readonly table: ActorTable;
  readonly mailbox: ActorMailbox;
  readonly delayedLane: DelayedLane;
  readonly schedulerLane: SchedulerLane;
  readonly jobs: LanguageJobs;
  readonly pushes: Pushes | undefined;
}

/** What the bill grows with, a graph for each service that charges by use. AWS meters all of it without a charge. */
export function costDrivers(
  props: WhatCosts,
): readonly { readonly title: string; readonly metrics: readonly IMetric[] }[] {
  const { functions, table, mailbox, delayedLane, schedulerLane, jobs, pushes } = props;
  const statistic = Stats.SUM;
  return [
    {
      title: "Lambda: invocations, and milliseconds run",
      metrics: Object.entries(functions).flatMap(([name, fn]) => [
        fn.metricInvocations({ label: name }),
        fn.metricDuration({ label: `${name}, ms`, statistic }),
      ]),
    },
    {
      title: "SQS: messages, and polls that found none",
      metrics: [mailbox, delayedLane, jobs, ...(pushes ? [pushes] : [])].flatMap(({ queue, node }) => [
        queue.metricNumberOfMessagesSent({ label: `${node.id}, sent` }),
        queue.metricNumberOfEmptyReceives({ label: `${node.id}, empty` }),
      ]),
    },
    {
      title: "DynamoDB: units",
      metrics: [
        table.table.metricConsumedWriteCapacityUnits({ label: "written" }),
        table.table.metricConsumedReadCapacityUnits({ label: "read" }),
      ],
    },
    {
      title: "EventBridge Scheduler: schedules that fired",
      metrics: [
        new Metric({
          namespace: "AWS/Scheduler",
          metricName: "InvocationAttemptCount",
          dimensionsMap: { ScheduleGroup: schedulerLane.group.scheduleGroupName },
          statistic,
          label: "invocations",
        }),
      ],
    },
  ];
}
