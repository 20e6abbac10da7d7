import { acme } from "../../local/acme.ts";
import { tokensOf } from "../../local/fake-model/mind.ts";
import type { FakeModel } from "../../local/fake-model/server.ts";
import { type Cost, costOf } from "../request-counts.ts";
import { type System, stage } from "../system.ts";

/** What something cost with all that a language model has to do with it. */
export type WrittenCost = {
  readonly cost: Cost;
  /** Of the language worker: one for each job. */
  readonly jobs: number;
  readonly modelCalls: number;
  /** As the fake model counts them, four characters a token: all prompts, and all that was written. */
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Requests to the chat platform by their operation: `reply` writes notes, summaries and answers. */
  readonly platform: Readonly<Record<string, number>>;
  /** How often the system told of what, by the event's type. */
  readonly told: Readonly<Record<string, number>>;
};

/** What a model of the bench writes: as long as the shipped prompt for summaries asks for, three sentences. */
export const WRITTEN_TEXT =
  "The user opened the report Time, changed its range of dates several times and pressed Export after each change. " +
  "They stayed on the report's page all the time and opened nothing else. " +
  "They probably want to export the report for one month and do not get the file that they expect.";

/** The keys of a product's document that have a model asked over the network. */
export function askedOverNetwork({ url }: FakeModel): object {
  return { language: { provider: "openai", base_url: `${url}/v1`, model: "bench" } };
}

/** Gives the product its key to the model, which answers without one: no request is sent before there is some. */
export function putModelKey({ cloud }: System): void {
  cloud.putParameter(`/throughline/${stage}/products/${acme.productId}/language/api-key`, "bench", "SecureString");
}

/** Counts something until nothing is left to do. @param model undefined where none is asked. */
export async function writtenCostOf(
  running: System,
  model: FakeModel | undefined,
  something: () => Promise<unknown>,
): Promise<WrittenCost> {
  const { cloud, intercom } = running;
  const platform: Record<string, number> = {};
  const told: Record<string, number> = {};
  using watching = new DisposableStack();
  watching.defer(intercom.onCall(({ operation }) => void add(platform, operation)));
  watching.defer(cloud.events.onEvent(({ detailType }) => void add(told, detailType)));
  const askedBefore = model?.questions().length ?? 0;
  const jobsBefore = jobsOf(running);
  const cost = await costOf(running, something);
  const asked = model?.questions().slice(askedBefore) ?? [];
  return {
    cost,
    jobs: jobsOf(running) - jobsBefore,
    modelCalls: asked.length,
    tokensIn: asked.reduce((sum, { system, prompt }) => sum + tokensOf(system + prompt), 0),
    tokensOut: asked.length * tokensOf(WRITTEN_TEXT),
    platform: sorted(platform),
    told: sorted(told),
  };
}

function jobsOf({ cloud }: System): number {
  return cloud.functionProcess("language-worker").served().invocations;
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

const sorted = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).sort(([one], [other]) => one.localeCompare(other)));
