import { join } from "node:path";
import { stop as stopBundler } from "esbuild";
import { acme, acmeParameters, productParameters } from "../acme.ts";
import { announcementFile } from "../announce.ts";
import type { LocalCloud } from "../boot.ts";
import { startLocalCloud } from "../cloud.ts";
import { type FakeIntercom, startFakeIntercom } from "../fake-intercom/server.ts";
import { assertFree } from "../free-port.ts";
import { type Page, startPage } from "../page/start.ts";
import { startHelpCenter } from "./help-center.ts";
import { writeLogs } from "./log-files.ts";
import { offersAt } from "./offers.ts";
import type { Options } from "./options.ts";
import { timesAt } from "./pace.ts";

const stage = "local";

/** A changed parameter takes effect so soon, and a refused access token is tried again: a minute, as when deployed. */
const configurationTtlS = 60;

/** How long the fake Intercom takes to show what it was told. */
const lagMs = { min: 200, max: 800 };

export type Started = {
  readonly cloud: LocalCloud;
  /** Undefined when another Intercom was asked for. */
  readonly intercom: FakeIntercom | undefined;
  /** None without the fake Intercom, nor for a story after which everything ends. */
  readonly page: Page | undefined;
  /** Keys of the product's document that hold beyond the story. */
  readonly lasting: object;
};

type Starting = Pick<Options, "port" | "intercomUrl" | "demo" | "speed" | "answers" | "exit" | "verbose"> & {
  readonly logDirectory: string;
  readonly print: (line: string) => void;
};

/**
 * Starts Intercom and the local cloud, in which `acme` keeps the story's time and offers help, and tells of each step.
 *
 * @param running owns what was started.
 */
export async function start(options: Starting, running: AsyncDisposableStack): Promise<Started> {
  const { port, intercomUrl, demo, answers, exit, verbose, logDirectory, print } = options;
  const speed = demo ? options.speed : 1;
  const startedAt = performance.now();
  const progress = (step: string) =>
    print(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(5)} s  ${step}`);

  // Synthesising takes seconds, after which it would be late to say that the port is taken.
  await assertFree(port);
  const intercom = intercomUrl === undefined ? await startFakeIntercom({ lagMs: divided(lagMs, speed) }) : undefined;
  if (intercom) running.defer(() => intercom.close());
  progress(intercom ? `a fake Intercom listens at ${intercom.url}` : `Intercom is ${intercomUrl}`);
  const helpCenter = answers ? await startHelpCenter() : undefined;
  if (helpCenter) running.defer(() => helpCenter.close());
  const lasting = helpCenter ? { answers: answersFrom(helpCenter.url) } : {};
  const times = demo ? { ...timesAt(speed), ...(intercom ? offersAt(speed) : {}) } : {};
  const cloud = await startLocalCloud({
    stage,
    port,
    timings: { configurationTtlS: configurationTtlS / speed },
    intercomBaseUrl: intercomUrl ?? intercom?.url ?? "",
    parameters: acmeParameters(stage, { ...lasting, ...times }),
    announceIn: announcementFile,
    onProgress: progress,
  });
  running.defer(() => cloud.close());
  const page = intercom && !exit ? await startPage(cloud, intercom, stage) : undefined;
  if (page) running.defer(() => page.close());
  // The bundler keeps a process for the next bundle, and there is none.
  await stopBundler();
  running.defer(writeLogs(cloud.logs, join(logDirectory, new URL(cloud.url).port)));
  if (verbose) running.defer(cloud.logs.onLine(({ functionId, line }) => print(`  ${functionId} | ${line}`)));
  progress("waking the functions up");
  const ofPage = page ? ["i/v0/e/", "sessions/token"] : [];
  const woken = [`actions/${acme.productId}`, `chatbot-webhook/${acme.productId}`, ...ofPage];
  await Promise.all(woken.map((path) => knock(`${cloud.url}/${path}`)));
  return { cloud, intercom, page, lasting };
}

/** Gives `acme` back the times of life. */
export function restoreTimes({ cloud, lasting }: Started): void {
  const parameters = Object.entries(productParameters(stage, acme, lasting));
  for (const [name, { value, type }] of parameters) cloud.putParameter(name, value, type);
}

function answersFrom(helpCenterUrl: string) {
  return { enabled: true, knowledge_base: { type: "http", url: helpCenterUrl } };
}

/** A request without a signature, or a key, is refused, by a function that has started and read its configuration for it. */
async function knock(url: string): Promise<void> {
  const response = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
  await response.arrayBuffer();
}

function divided({ min, max }: typeof lagMs, speed: number): typeof lagMs {
  return { min: min / speed, max: max / speed };
}
