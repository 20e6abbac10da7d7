import { parseArgs } from "node:util";
import { type FaultName, faultNames } from "../fake-intercom/faults.ts";
import { faultPlan } from "./fault-plan.ts";

export type Options = {
  readonly port: number;
  /** Another Intercom than the fake one. */
  readonly intercomUrl: string | undefined;
  readonly demo: boolean;
  readonly speed: number;
  readonly fault: FaultName | undefined;
  /** Whether users are answered. */
  readonly answers: boolean;
  readonly exit: boolean;
  readonly verbose: boolean;
};

export type Command =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string };

/** The four minutes of the story in 27 seconds. */
const usualSpeed = 9;
const speeds = { slowest: 1, fastest: 100 } as const;

export const usage = `Usage: npm start -- [options]

Runs Throughline on this machine, beside a fake Intercom, with a page on which to try it in a browser. Meanwhile plays
a recorded session and tells its story here; then keeps serving.

  --port N             port of the public HTTP API, 0 for any free one (4000)
  --speed X            how much faster than life the story is told, ${speeds.slowest} to ${speeds.fastest} (${usualSpeed})
  --fault NAME         Intercom fails in the middle of the story, in one of the ways below
  --answers            answer what users write, too, from what they just did and a help centre
  --no-demo            no session: the page alone
  --exit               end after the story, without a page: 0 when every action stands in one note or its summary, once
                       and in order; else 1
  --intercom-url URL   another Intercom than the fake one; the story then cannot check its notes
  --verbose            show what the functions log, which otherwise goes to .throughline/logs/ only
  --help               this text

Faults:
${faultNames.map((name) => `  ${name.padEnd(18)} Intercom ${faultPlan[name].happens}${faultPlan[name].losesActions ? " (its actions are lost, and the end says so)" : ""}`).join("\n")}
`;

const flags = {
  port: { type: "string", default: "4000" },
  speed: { type: "string" },
  fault: { type: "string" },
  answers: { type: "boolean", default: false },
  "no-demo": { type: "boolean", default: false },
  exit: { type: "boolean", default: false },
  "intercom-url": { type: "string" },
  verbose: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** @param args the command line without `node` and the file's name. */
export function readCommand(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...args], options: flags, strict: true });
    if (values.help) return { kind: "help" };
    const demo = !values["no-demo"];
    for (const [flag, given] of [
      ["--speed", values.speed],
      ["--fault", values.fault],
      ["--exit", values.exit],
    ] as const) {
      if (given && !demo) throw new Error(`${flag} says how the demo is played, and --no-demo says that it is not`);
    }
    if (values.fault !== undefined && values["intercom-url"] !== undefined) {
      throw new Error("--fault makes the fake Intercom fail, and --intercom-url replaces it");
    }
    return {
      kind: "run",
      options: {
        port: numberOf("--port", values.port, { least: 0, most: 65_535, whole: true }),
        intercomUrl: values["intercom-url"] === undefined ? undefined : urlOf(values["intercom-url"]),
        demo,
        speed: numberOf("--speed", values.speed ?? String(usualSpeed), {
          least: speeds.slowest,
          most: speeds.fastest,
          whole: false,
        }),
        fault: values.fault === undefined ? undefined : faultOf(values.fault),
        answers: values.answers,
        exit: values.exit,
        verbose: values.verbose,
      },
    };
  } catch (problem) {
    // What parseArgs goes on to say is about positional arguments, of which there are none here.
    const [sentence = ""] = problem instanceof Error ? problem.message.split(". ") : [];
    return { kind: "wrong", problem: sentence };
  }
}

function numberOf(flag: string, text: string, limits: { least: number; most: number; whole: boolean }): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const { least, most, whole } = limits;
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new Error(`${flag} must be a ${whole ? "whole number" : "number"} from ${least} to ${most}, not "${text}"`);
}

function urlOf(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? "")) return text.replace(/\/+$/, "");
  throw new Error(`--intercom-url must be an http or https URL, not "${text}"`);
}

function faultOf(text: string): FaultName {
  const found = faultNames.find((name) => name === text);
  if (found) return found;
  throw new Error(`There is no fault "${text}"; there are: ${faultNames.join(", ")}`);
}
