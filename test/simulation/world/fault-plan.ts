import {
  type AwsEffect,
  type EndpointEffect,
  type Fault,
  faultKind,
  type ModelEffect,
  type PlatformEffect,
  type Role,
  type Side,
  type WorkerRole,
} from "../fault.ts";
import type { Scenario } from "../scenario.ts";
import type { Step } from "../step.ts";
import { BEGINNING, type VirtualTime } from "./virtual-time.ts";

type Of<Type extends Fault["type"]> = Extract<Fault, { type: Type }>;

/** The faults of a scenario: each is asked for by whom it concerns, and taken by the first who meets its condition. */
export type FaultPlan = {
  crash(role: Role, step: Step, side: Side): boolean;
  freeze(role: Role, step: Step): Of<"freeze"> | undefined;
  /** What becomes of an attempt at an AWS request. */
  aws(step: Step, role: Role): AwsEffect | undefined;
  platform(step: Step): PlatformEffect | undefined;
  model(): ModelEffect | undefined;
  endpoint(): EndpointEffect | undefined;
  visibility(role: WorkerRole): Of<"visibility"> | undefined;
  undeleted(role: WorkerRole): boolean;
  /** When the event source works again, ms; undefined when it does. */
  workersDownUntil(role: WorkerRole): number | undefined;
  alarm(lane: "precise" | "schedule"): Of<"alarm"> | undefined;
  edge(): Of<"edge"> | undefined;
};

const isOf =
  (role: WorkerRole) =>
  (fault: { readonly role?: WorkerRole }): boolean =>
    (fault.role ?? "worker") === role;

export function createFaultPlan(scenario: Scenario, time: VirtualTime, reach: (what: string) => void): FaultPlan {
  const left = new Map(scenario.faults.map((fault) => [fault, "times" in fault ? fault.times : 1]));
  const elapsed = (): number => time.now() - BEGINNING;
  const isOn = (fault: Fault): boolean => {
    if (elapsed() < fault.atMs || elapsed() >= scenario.faultsEndMs || !left.has(fault)) return false;
    return !("forMs" in fault) || fault.type === "freeze" || elapsed() < fault.atMs + fault.forMs;
  };
  /** The first that is on and fits; it is used up when it has been taken as often as it says. */
  const take = <Type extends Fault["type"]>(type: Type, fits: (fault: Of<Type>) => boolean): Of<Type> | undefined => {
    for (const [fault, times] of left) {
      if (fault.type !== type || !isOn(fault) || !fits(fault as Of<Type>)) continue;
      if (times <= 1) left.delete(fault);
      else left.set(fault, times - 1);
      reach(`fault ${faultKind(fault)}`);
      return fault as Of<Type>;
    }
    return undefined;
  };

  return {
    crash: (role, step, side) =>
      take("crash", (fault) => fault.role === role && fault.step === step && fault.side === side) !== undefined,
    freeze: (role, step) => take("freeze", (fault) => fault.role === role && fault.step === step),
    aws: (step, role) =>
      take("aws", (fault) => {
        if (fault.effect === "entry-refused" && step !== "send to actors") return false;
        if (fault.role !== undefined && fault.role !== role) return false;
        return fault.step === "any" || fault.step === step;
      })?.effect,
    platform: (step) => take("platform", (fault) => fault.step === undefined || fault.step === step)?.effect,
    model: () => take("model", () => true)?.effect,
    endpoint: () => take("endpoint", () => true)?.effect,
    visibility: (role) => take("visibility", isOf(role)),
    undeleted: (role) => take("undeleted", isOf(role)) !== undefined,
    workersDownUntil: (role) => {
      const down = [...left.keys()].find((fault) => fault.type === "workers-down" && isOf(role)(fault) && isOn(fault));
      if (down?.type !== "workers-down") return undefined;
      reach(`fault ${faultKind(down)}`);
      return BEGINNING + Math.min(down.atMs + down.forMs, scenario.faultsEndMs);
    },
    alarm: (lane) => take("alarm", ({ effect }) => effect !== "lost" || lane === "precise"),
    edge: () => take("edge", () => true),
  };
}
