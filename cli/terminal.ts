import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { UsageError } from "./errors.ts";

/** The person at the other end, if there is one. */
export type Terminal = {
  /** Whether somebody can be asked. */
  readonly interactive: boolean;
  /** A step that is under way: written to standard error, in a terminal only. */
  progress(step: string): void;
  ask(question: string): Promise<string>;
  /** Does not show what is typed. */
  askHidden(question: string): Promise<string>;
  /** @throws UsageError when nobody can be asked: the command then needs `--yes`. */
  confirm(question: string): Promise<boolean>;
};

type Streams = {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** Ends a question that is open. */
  readonly interrupt: AbortController;
};

export function openTerminal({ input, output, interrupt }: Streams): Terminal {
  const interactive = input.isTTY && output.isTTY;

  function question(text: string, hidden: boolean): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    // A terminal interface echoes what is typed to its output: a hidden one writes into the void.
    const echo = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : output;
    output.write(text);
    const reader = createInterface({ input, output: echo, terminal: true });
    reader.once("line", (line) => {
      resolve(line.trim());
      reader.close();
    });
    reader.once("SIGINT", () => interrupt.abort());
    reader.once("close", () => {
      if (hidden) output.write("\n");
      reject(new UsageError("Nothing was answered"));
    });
    interrupt.signal.addEventListener("abort", () => reader.close(), { once: true });
    return promise;
  }

  return {
    interactive,
    progress: (step) => {
      if (output.isTTY) output.write(`${step} ...\n`);
    },
    ask: (text) => question(`${text}: `, false),
    askHidden: (text) => question(`${text} (not shown): `, true),
    confirm: async (text) => {
      if (!interactive) throw new UsageError("Without a terminal this needs --yes");
      return /^y(es)?$/i.test(await question(`${text} [y/N] `, false));
    },
  };
}
