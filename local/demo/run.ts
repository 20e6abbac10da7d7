import { once } from "node:events";
import { playground } from "../page/product.ts";
import { cloudWithout } from "./cloud-without.ts";
import { introduction } from "./introduction.ts";
import type { Options } from "./options.ts";
import { isGood, outcomeLines } from "./outcome.ts";
import { addVisitor, ownLines } from "./own-lines.ts";
import { restoreTimes, type Started, start } from "./start.ts";
import { tellStory } from "./story.ts";

export type Run = Options & {
  readonly logDirectory: string;
  readonly print: (line: string) => void;
  /** Ends whatever is going on. */
  readonly signal: AbortSignal;
};

/** An exit code, and what to say about it. */
export type Ending = { readonly code: number; readonly problem?: string };

const interrupted: Ending = { code: 130 };

/**
 * Boots, opens the page, tells the story, serves until it is told to stop, and leaves nothing behind. Stopping a server is
 * its ordinary end (code 0), stopping it before the story is over is none (130).
 */
export async function run(options: Run): Promise<Ending> {
  const { demo, exit, print, signal } = options;
  await using running = new AsyncDisposableStack();
  signal.addEventListener("abort", () => print("\nstopping"), { once: true });
  try {
    const started = await start(options, running);
    signal.throwIfAborted();
    for (const line of announcement(started)) print(line);
    if (demo) {
      const good = await tell(options, started);
      if (exit) return { code: good ? 0 : 1 };
      restoreTimes(started);
      if (started.page) print(`\nThe page is open: ${started.page.url}`);
    }
    for (const line of invitation(started)) print(line);
    if (!signal.aborted) await once(signal, "abort");
    return { code: 0 };
  } catch (problem) {
    return signal.aborted ? interrupted : { code: 1, problem: explained(problem, options) };
  }
}

async function tell(options: Run, { cloud: whole, intercom }: Started): Promise<boolean> {
  const { speed, fault, answers, print, signal } = options;
  print("");
  for (const line of introduction(options, intercom !== undefined)) print(line);
  // Somebody may be clicking around in the page meanwhile.
  using cloud = cloudWithout(whole, playground.productId);
  const outcome = await tellStory({ cloud, intercom, speed, fault, answers, print, signal });
  print("\nWhat came of it");
  for (const line of outcomeLines(outcome)) print(line);
  return isGood(outcome);
}

function announcement({ cloud, page }: Started): readonly string[] {
  return [
    "",
    ...(page ? [`Open ${page.url} in a browser: what you do there becomes a note in the inbox beside it.`] : []),
    `ready ${cloud.url}`,
  ];
}

function invitation({ cloud, intercom }: Started): readonly string[] {
  const lines = intercom ? ownLines(cloud, intercom.url, addVisitor(intercom)) : [];
  return [
    "",
    `Serving ${cloud.url} until Ctrl-C.`,
    ...(lines.length > 0 ? ["Send your own, from another terminal:", "", ...lines] : []),
  ];
}

function explained(problem: unknown, { port }: Pick<Options, "port">): string {
  if (!(problem instanceof Error)) return String(problem);
  if ("code" in problem && problem.code === "EADDRINUSE") {
    return `Port ${port} is taken, perhaps by another Throughline. Take another: npm start -- --port ${port + 1} (or 0 for any free one)`;
  }
  return problem.message;
}
