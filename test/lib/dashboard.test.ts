import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { METRICS_OF_PRODUCTS } from "../../lambdas/adapters/telemetry/metrics.ts";
import { assemblyDirectory, flat, resources, synthesize } from "./synthesis.ts";

const [template] = synthesize(assemblyDirectory(), { stage: "prod", concurrency: { pushers: 2, streams: 50 } });
if (!template) throw new Error("There is no template");

type Widget = {
  readonly type: string;
  readonly y: number;
  readonly properties: { readonly title?: string; readonly metrics?: unknown[][]; readonly alarms?: unknown[] };
};

const bodies = resources(template, "AWS::CloudWatch::Dashboard").map(({ properties }) =>
  flat(properties.DashboardBody),
);
const { widgets }: { widgets: readonly Widget[] } = JSON.parse(bodies[0] ?? "{}");

/** `["Throughline", "note.posted", "service", …]`, one a line of a graph; a search has its metric in its text. */
const lines = widgets.flatMap(({ properties }) => properties.metrics ?? []);

describe("the dashboard", () => {
  it("tells from the top: alarms, what comes in and goes out, what is wrong, what it costs", () => {
    const inOrder = [...widgets].sort((a, b) => a.y - b.y).flatMap(({ properties: { title } }) => title ?? []);
    expect(inOrder).toEqual([
      "Alarms",
      "In: accepted a period",
      "Out: what came of it",
      "From acceptance (or the link) to the note, ms",
      "Products that are paused",
      "Calls to the chat platform that failed",
      "Lateness of alarms, ms",
      "Tokens of language models",
      "Summaries and answers that came to nothing",
      "Language models that refuse (401, 403)",
      "Listeners at once, and those turned away",
      "What listeners ask for",
      "Told to listeners of products",
      "Age of the oldest message, seconds",
      "Dead letters",
      "Not run, or crashed",
      "Lambda: invocations, and milliseconds run",
      "SQS: messages, and polls that found none",
      "DynamoDB: units",
      "EventBridge Scheduler: schedules that fired",
    ]);
  });

  it("shows every alarm", () => {
    const shown = widgets.flatMap(({ properties }) => properties.alarms ?? []);
    expect(shown).toHaveLength(resources(template, "AWS::CloudWatch::Alarm").length);
  });

  it("searches product by product for what is kept product by product, and for nothing else", () => {
    const searches = JSON.stringify(lines).match(/MetricName=[\\"]+[\w.]+/g) ?? [];
    const searched = searches.map((search) => search.replace(/MetricName=[\\"]+/, ""));
    expect(new Set(searched)).toEqual(METRICS_OF_PRODUCTS);
  });

  it("draws only metrics that the functions write, of this stage", () => {
    const sources = readdirSync("lambdas", { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join("lambdas", name), "utf8"))
      .join("\n");
    const ours = lines.filter(([namespace]) => namespace === "Throughline");
    expect(ours.length).toBeGreaterThan(10);
    for (const line of ours) {
      expect(sources).toContain(`"${line[1]}"`);
      expect(line).toContain("prod");
    }
  });

  it("searches for the products of this stage only", () => {
    const searches = lines.flatMap(([first]) => (typeof first === "string" ? [] : [JSON.stringify(first)]));
    expect(searches.length).toBeGreaterThan(0);
    for (const search of searches) expect(search).toContain(String.raw`stage=\"prod\"`);
  });
});
