import { stop as stopBundler } from "esbuild";
import { acmeParameters } from "../local/acme.ts";
import type { LocalCloud } from "../local/boot.ts";
import { startLocalCloud } from "../local/cloud.ts";
import { type FakeIntercom, startFakeIntercom } from "../local/fake-intercom/server.ts";

const stage = "chaos";

/** So long a refused access token pauses a product, among others. */
const CONFIGURATION_TTL_S = 1;

/** What was accepted is looked for in notes: none is replaced by a summary. */
const notesOnly = { summary_threshold: 0 };

/** The shipped system as its template says, with one product and a fake Intercom. */
export type System = {
  readonly cloud: LocalCloud;
  readonly intercom: FakeIntercom;
  [Symbol.asyncDispose](): Promise<void>;
};

export type SystemOptions = {
  /** Keys of the product's configuration in place of their defaults. */
  readonly document: object;
  /** After so long comes again what a killed worker had in hand; unset, after the minute of the stack. */
  readonly visibilityTimeoutS?: number;
  readonly intercom?: Parameters<typeof startFakeIntercom>[0];
  readonly progress: (step: string) => void;
  readonly signal: AbortSignal;
};

/** @throws what `signal` says, when it says stop. Nothing is left running then. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { document, visibilityTimeoutS, progress, signal } = options;
  await using started = new AsyncDisposableStack();
  const intercom = await startFakeIntercom(options.intercom);
  started.defer(() => intercom.close());
  const cloud = await startLocalCloud({
    stage,
    timings: {
      configurationTtlS: CONFIGURATION_TTL_S,
      ...(visibilityTimeoutS === undefined ? {} : { visibilityTimeoutS }),
    },
    intercomBaseUrl: intercom.url,
    parameters: acmeParameters(stage, { ...notesOnly, ...document }),
    onProgress: progress,
  });
  started.defer(() => cloud.close());
  // The bundler keeps a process for the next bundle, and there is none.
  await stopBundler();
  signal.throwIfAborted();
  const owned = started.move();
  return { cloud, intercom, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
