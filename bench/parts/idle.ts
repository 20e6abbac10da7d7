import * as z from "zod";
import type { SynthesizedStack } from "../../local/template/template.ts";
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
    const counted = countIdle(stack());
    return {
      tables: [
        {
          title: "A month without use",
          head: ["", "in a stage"],
          rows: [
            ...Object.entries(charged).map(([type, what]) => [what, counted[type as ChargedType]]),
            ["metrics that alarms read", counted.alarmMetrics],
          ],
          notes: ["What these cost is in docs/cost.md. What is stored costs by its size: data, its backups, logs."],
        },
      ],
      budgets: [],
      figures: counted,
    };
  },
};

type ChargedType = keyof typeof charged;

export type CountedIdle = Readonly<Record<ChargedType | "alarmMetrics" | "functionMb", number>>;

/** What of a stack is paid for whether or not it is used. */
export function countIdle({ template }: SynthesizedStack): CountedIdle {
  const resources = Object.values(template.Resources);
  const countOf = (type: ChargedType) => resources.filter(({ Type }) => Type === type).length;
  return {
    "AWS::Lambda::EventSourceMapping": countOf("AWS::Lambda::EventSourceMapping"),
    "AWS::CloudWatch::Alarm": countOf("AWS::CloudWatch::Alarm"),
    "AWS::CloudWatch::Dashboard": countOf("AWS::CloudWatch::Dashboard"),
    "AWS::KMS::Key": countOf("AWS::KMS::Key"),
    alarmMetrics: resources
      .filter(({ Type }) => Type === "AWS::CloudWatch::Alarm")
      .reduce((sum, { Properties }) => sum + metricsOf(Properties), 0),
    functionMb: Math.max(...resources.map(({ Properties }) => functionMemory.parse(Properties ?? {}).MemorySize)),
  };
}

const functionMemory = z.looseObject({ MemorySize: z.number().default(0) });

const alarm = z.object({ Metrics: z.array(z.looseObject({ MetricStat: z.unknown().optional() })).optional() });

/** An alarm is charged for each metric that it reads; one on an expression names them, others have one. */
function metricsOf(properties: unknown): number {
  const { Metrics: metrics } = alarm.parse(properties);
  return metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
}
