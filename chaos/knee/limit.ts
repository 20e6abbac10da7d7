import type { Load } from "./step.ts";

/** From this share on, a thing counts as used up: queues before it grow steeply. */
const USED_UP = { processor: 0.85, machine: 0.95, ceiling: 0.8 };

/** Processors that others may take before the figures are theirs too. */
const OTHERS_MATTER = 0.2;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/**
 * What was used up in a step whose notes came late. Several things may be, or none of those that were measured.
 */
export function limitsOf({ own, idleShare, others, ceilings, backlog }: Load): readonly string[] {
  const limits: string[] = [];
  if (own >= USED_UP.processor) {
    limits.push(
      `the one process that plays AWS and Intercom and sends: one thread, which uses ${percent(own)} of a processor`,
    );
  }
  if (1 - idleShare >= USED_UP.machine) {
    const foreign = others >= OTHERS_MATTER ? `, ${percent(others)} of one by processes that are not ours` : "";
    limits.push(`the machine's processors, which are busy ${percent(1 - idleShare)} of the time${foreign}`);
  }
  for (const [name, share] of Object.entries(ceilings)) {
    if (share < USED_UP.ceiling) continue;
    limits.push(
      `the concurrency of ${name}: all its invocations are under way ${percent(share)} of the time, with up to ${backlog} messages ready`,
    );
  }
  return limits;
}
