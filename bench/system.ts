import { variable } from "../lambdas/environment.ts";
import { acmeParameters } from "../local/acme.ts";
import { bootStack, type LocalCloud } from "../local/boot.ts";
import { recordDeadlines } from "../local/demo/deadlines.ts";
import { settled } from "../local/demo/settled.ts";
import { type FakeIntercom, startFakeIntercom } from "../local/fake-intercom/server.ts";
import type { SynthesizedStack } from "../local/template/template.ts";

/**
 * Longer than any run: a configuration that is read again falls into one batch or another by chance. What it costs is
 * said in docs/cost.md.
 */
const CONFIGURATION_TTL_S = 86_400;

/** The longest that anything here takes to come to rest. */
const PATIENCE_MS = 300_000;

/** What is counted are notes and what they cost: none is replaced by a summary. */
const notesOnly = { summary_threshold: 0 };

/** The stage of the stack that is measured. */
export const stage = "bench";

/** The shipped system with one product, and an Intercom that answers at once. */
export type System = {
  readonly cloud: LocalCloud;
  readonly intercom: FakeIntercom;
  /**
   * Resolves when no message is left, and no alarm of the precise lane that is due soon: far ones are those by which a model
   * is given up, and ring in vain. @throws Error when that takes minutes.
   */
  settle(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * @param document keys of the product's configuration in place of their defaults.
 * @param schedulerLatenessMs how late a one-time schedule fires at most; each is late by a share of its own.
 */
export async function startSystem(
  stack: SynthesizedStack,
  document: object = {},
  { schedulerLatenessMs = 0 }: { readonly schedulerLatenessMs?: number } = {},
): Promise<System> {
  await using started = new AsyncDisposableStack();
  const intercom = await startFakeIntercom();
  started.defer(() => intercom.close());
  const cloud = await bootStack(stack, {
    schedulerLatenessMs,
    extraEnvironment: {
      [variable.intercomBaseUrl]: intercom.url,
      [variable.configurationTtl]: String(CONFIGURATION_TTL_S),
    },
  });
  started.defer(() => cloud.close());
  const deadlines = recordDeadlines(cloud);
  started.defer(deadlines.stop);
  for (const [name, { value, type }] of Object.entries(acmeParameters(stage, { ...notesOnly, ...document }))) {
    cloud.putParameter(name, value, type);
  }
  const owned = started.move();
  return {
    cloud,
    intercom,
    async settle() {
      if (!(await settled(cloud, deadlines, PATIENCE_MS, new AbortController().signal))) {
        throw new Error("The system did not come to rest");
      }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
