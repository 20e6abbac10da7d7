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
    const types = Object.values(stack().template.Resources).map(({ Type }) => Type);
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
          rows: counts.map(({ what, count }) => [what, count]),
          notes: ["What these cost is in docs/cost.md. What is stored costs by its size: data, its backups, logs."],
        },
      ],
      budgets: [],
      figures: Object.fromEntries(counts.map(({ type, count }) => [type, count])),
    };
  },
};
