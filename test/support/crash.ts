import { RetryableError } from "../../lambdas/app/ports.ts";

/**
 * What becomes of a call. The worker dies `before` it, `after` it, or `within` a commit: its rows are written, its item is
 * not (any other call dies before it takes effect). Or the worker lives, and the call `fails`, or its answer is `lost`.
 */
export type Crash = { readonly call: number; readonly side: "before" | "within" | "after" | "fails" | "lost" };

/** A worker that can die: from the chosen port call on, nothing it awaits ever comes back. */
export type Crasher = {
  /** Ports that die where they are told to. */
  wrap<Ports extends object>(ports: Ports): Ports;
  /** The next run dies at its n-th port call (from 1). */
  arm(crash: Crash | undefined): void;
  /** From now on every run dies before a call that `kills`. */
  killBy(kills: (name: string, args: readonly unknown[]) => boolean): void;
  /** Resolves when the worker has died. */
  readonly died: () => Promise<"died">;
  /** Names of the calls of this run, in order. */
  calls(): readonly string[];
};

const never = new Promise<never>(() => undefined);

export function createCrasher(): Crasher {
  let planned: Crash | undefined;
  let kills: (name: string, args: readonly unknown[]) => boolean = () => false;
  let made: string[] = [];
  let { promise: death, resolve: die } = Promise.withResolvers<"died">();
  let dead = false;

  const call = async (
    name: string,
    args: readonly unknown[],
    effect: (args: readonly unknown[]) => unknown,
  ): Promise<unknown> => {
    if (dead) return never;
    made.push(name);
    const fatal = planned?.call === made.length ? planned.side : undefined;
    if (fatal === "within" && name === "store.commit") await effect(withoutItem(args));
    if (fatal === "before" || fatal === "within" || kills(name, args)) return end();
    if (fatal === "fails") throw new RetryableError("failed", `${name} failed`);
    const result = await effect(args);
    if (fatal === "lost") throw new RetryableError("uncertain", `the answer of ${name} was lost`);
    return fatal === "after" ? end() : result;
  };
  const end = (): Promise<never> => {
    dead = true;
    die("died");
    return never;
  };
  const wrapPort = (portName: string, port: object): object =>
    Object.fromEntries(
      Object.entries(port).map(([name, member]) => {
        const wrapped = (...args: unknown[]) => call(`${portName}.${name}`, args, (given) => member.apply(port, given));
        return [name, typeof member === "function" && isAwaited(portName, name) ? wrapped : member];
      }),
    );

  return {
    wrap: <Ports extends object>(ports: Ports): Ports =>
      Object.fromEntries(
        Object.entries(ports).map(([name, port]) => [
          name,
          typeof port === "object" && port !== null ? wrapPort(name, port) : port,
        ]),
      ) as Ports,
    arm: (crash) => {
      planned = crash;
      made = [];
      dead = false;
      ({ promise: death, resolve: die } = Promise.withResolvers<"died">());
    },
    killBy: (predicate) => {
      kills = predicate;
    },
    died: () => death,
    calls: () => made,
  };
}

/** Clocks, chance, logs, fingerprints and streams of rows are no calls that a worker waits for. */
function isAwaited(port: string, name: string): boolean {
  return (
    !["clock", "random", "telemetry"].includes(port) &&
    !["fingerprint", "activity", "notes", "summaries", "pageRows"].includes(name)
  );
}

/** The arguments of a commit that writes its rows, and whose item is of no version that ever was. */
function withoutItem([actor, commit]: readonly unknown[]): readonly unknown[] {
  return [actor, { ...(commit as object), version: -1 }];
}
