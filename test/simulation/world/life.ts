import type { Clock } from "../../../lambdas/app/ports.ts";
import type { Chance } from "../chance.ts";
import type { Role } from "../fault.ts";
import type { Step } from "../step.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** The life of a process: it makes requests, one by one or several at once, until it ends or dies. */
export type Life = {
  readonly name: string;
  readonly role: Role;
  readonly clock: Clock;
  readonly alive: () => boolean;
  die(reason: string): void;
  /** Resolves with the reason when the process dies. */
  readonly death: Promise<string>;
  /** Set while it may outlive its time limit. */
  readonly zombie: () => boolean;
  /**
   * One request: travels, takes effect, travels back. A process that has died never hears of it.
   *
   * @param send makes the request reach its service, once or more often, and resolves to its answer
   */
  step<Answer>(step: Step, send: () => Promise<Answer>): Promise<Answer>;
  /** The part of `send` in which the service acts. */
  act<Answer>(step: Step, effect: () => Answer | Promise<Answer>): Promise<Answer>;
};

export type LifePorts = {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly faults: FaultPlan;
  readonly reach: (what: string) => void;
  readonly note: (line: () => string) => void;
};

const never = new Promise<never>(() => undefined);

export function createLife(ports: LifePorts, name: string, role: Role, skewMs = 0): Life {
  const { time, chance, faults, reach, note } = ports;
  const { promise: death, resolve } = Promise.withResolvers<string>();
  let alive = true;
  let zombie = false;

  const die = (reason: string): void => {
    if (!alive) return;
    alive = false;
    note(() => `${name} dies: ${reason}`);
    resolve(reason);
  };
  const dies = (step: Step, side: "before" | "within" | "after"): boolean => {
    if (!faults.crash(role, step, side)) return false;
    if (role !== "receiver" && role !== "relay") reach(`crash of ${role} ${side}: ${step}`);
    die(`${side} "${step}"`);
    return true;
  };
  /** Most requests take milliseconds, a few take long. */
  const travel = () => time.after(chance.maybe(0.04) ? chance.between(100, 900) : chance.between(1, 20));

  return {
    name,
    role,
    clock: { now: () => time.now() + skewMs },
    alive: () => alive,
    die,
    death,
    zombie: () => zombie,
    step: async (step, send) => {
      if (!alive || dies(step, "before")) return never;
      const frozen = faults.freeze(role, step);
      if (frozen) {
        zombie ||= frozen.zombie;
        note(() => `${name} stands still for ${frozen.forMs} ms before "${step}"`);
        await time.after(frozen.forMs);
        if (!alive) return never;
      }
      try {
        const answer = await send();
        return !alive || dies(step, "after") ? never : answer;
      } catch (error) {
        if (!alive || dies(step, "after")) return never;
        throw error;
      }
    },
    act: async (step, effect) => {
      await travel();
      // Who died meanwhile had sent it.
      try {
        return await effect();
      } finally {
        if (!alive || dies(step, "within")) await never;
        await travel();
      }
    },
  };
}
