import * as z from "zod";
import type { Bench, Part, Report } from "../part.ts";

/** What AWS charges for by the month whether or not it is used, by CloudFormation type. */
const charged = {
  "AWS::Lambda::EventSourceMapping": "event sources, which poll their queues",
  "AWS::CloudWatch::Alarm": "alarms",
  "AWS::CloudWatch::Dashboard": "dashboards",
  "AWS::KMS::Key": "encryption keys",
} as const;

export const idle: Part = {
  name: "idle",
  measures: "what a month without use has, as the template says",
  run: async ({ stack }: Bench): Promise<Report> => {
    const resources = Object.values(stack().template.Resources);
    const types = resources.map(({ Type }) => Type);
    const alarmMetrics = resources
      .filter(({ Type }) => Type === "AWS::CloudWatch::Alarm")
      .reduce((sum, { Properties }) => sum + metricsOf(Properties), 0);
    const functionMb = Math.max(
      ...resources.map(({ Properties }) => functionMemory.parse(Properties ?? {}).MemorySize),
    );
    const counts = Object.entries(charged).map(([type, what]) => ({
      type,
      what,
      count: types.filter((candidate) => candidate === type).length,
    }));
    return {
      tables: [
        {
          title: "A month without use",
          head: ["", "in a stage"],
          rows: [...counts.map(({ what, count }) => [what, count]), ["metrics that alarms read", alarmMetrics]],
          notes: ["What these cost is in docs/cost.md. What is stored costs by its size: data, its backups, logs."],
        },
      ],
      budgets: [],
      figures: { ...Object.fromEntries(counts.map(({ type, count }) => [type, count])), alarmMetrics, functionMb },
    };
  },
};

const functionMemory = z.looseObject({ MemorySize: z.number().default(0) });

const alarm = z.object({ Metrics: z.array(z.looseObject({ MetricStat: z.unknown().optional() })).optional() });

/** An alarm is charged for each metric that it reads; one on an expression names them, others have one. */
function metricsOf(properties: unknown): number {
  const { Metrics: metrics } = alarm.parse(properties);
  return metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
}
