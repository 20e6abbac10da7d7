/** A worker that can die: from the chosen port call on, nothing it awaits ever comes back. */
export type Crasher = {
  /** Ports that die where they are told to. */
  wrap<Ports extends object>(ports: Ports): Ports;
  /** The next run dies at its n-th port call (from 1), `before` or `after` the call takes effect. */
  arm(crash: { readonly call: number; readonly side: "before" | "after" } | undefined): void;
  /** Resolves when the worker has died. */
  readonly died: () => Promise<"died">;
  /** Names of the calls of this run, in order. */
  calls(): readonly string[];
};

const never = new Promise<never>(() => undefined);

export function createCrasher(): Crasher {
  let planned: { readonly call: number; readonly side: "before" | "after" } | undefined;
  let made: string[] = [];
  let die: (value: "died") => void = () => undefined;
  let death = new Promise<"died">(() => undefined);
  let dead = false;

  const call = async (name: string, effect: () => unknown): Promise<unknown> => {
    if (dead) return never;
    made.push(name);
    const fatal = planned?.call === made.length ? planned.side : undefined;
    if (fatal === "before") return end();
    const result = await effect();
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
        const wrapped = (...args: unknown[]) => call(`${portName}.${name}`, () => member.apply(port, args));
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
      death = new Promise((resolve) => {
        die = resolve;
      });
    },
    died: () => death,
    calls: () => made,
  };
}

/** Clocks, chance, logs, fingerprints and streams of rows are no calls that a worker waits for. */
function isAwaited(port: string, name: string): boolean {
  return !["clock", "random", "telemetry"].includes(port) && !["fingerprint", "activity", "notes"].includes(name);
}
