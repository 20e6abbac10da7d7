import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { variable } from "../lambdas/environment.ts";
import type { Language } from "../lib/language.ts";
import { ThroughlineStack, type ThroughlineStackProps } from "../lib/throughline-stack.ts";
import { announce } from "./announce.ts";
import { type BootOptions, bootStack, type LocalCloud } from "./boot.ts";
import type { ParameterType } from "./emulators/parameter-store.ts";
import { synthesize } from "./template/synthesize.ts";

export type LocalCloudOptions = BootOptions & {
  /** Default `local`. */
  readonly stage?: string;
  /** What the template shortens for tests; the stack's own values where unset. */
  readonly timings?: ThroughlineStackProps["localTimings"];
  /** Who writes summaries and answers. Default: nobody but the actions themselves, `extractive`. */
  readonly language?: Language;
  /** How many deliveries to products' own endpoints may run at once. Default: 2. */
  readonly pushers?: number;
  /** How many pages may listen at once. Default: 10. */
  readonly streams?: number;
  /** Replaces the chat platform's address for every product. */
  readonly intercomBaseUrl?: string;
  /** Parameters that an operator would have put after the deployment, by full name. */
  readonly parameters?: Readonly<Record<string, { readonly value: string; readonly type?: ParameterType }>>;
  /** File in which the command line finds this cloud while it runs; without one, it does not. */
  readonly announceIn?: string;
};

/** Synthesises Throughline and runs it on this machine. */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const {
    stage = "local",
    timings,
    language = { provider: "extractive" },
    pushers = 2,
    streams = 10,
    intercomBaseUrl,
    parameters = {},
    announceIn,
    ...boot
  } = options;
  await using started = new AsyncDisposableStack();
  const outdir = await mkdtemp(join(tmpdir(), "throughline-"));
  started.defer(() => rm(outdir, { recursive: true, force: true }));

  options.onProgress?.("synthesising the stack");
  const stack = synthesize(
    (app) =>
      new ThroughlineStack(app, `Throughline-${stage}`, {
        stage,
        language,
        concurrency: { pushers, streams },
        ...(timings ? { localTimings: timings } : {}),
      }),
    outdir,
  );
  const cloud = await bootStack(stack, {
    ...boot,
    extraEnvironment: {
      ...(intercomBaseUrl === undefined ? {} : { [variable.intercomBaseUrl]: intercomBaseUrl }),
      ...boot.extraEnvironment,
    },
  });
  started.defer(() => cloud.close());
  for (const [name, { value, type }] of Object.entries(parameters)) cloud.putParameter(name, value, type);
  if (announceIn !== undefined) {
    const announced = await announce(cloud, { stage, file: announceIn, intercomBaseUrl });
    started.defer(() => announced.close());
  }
  const owned = started.move();
  return { ...cloud, close: () => owned.disposeAsync() };
}
