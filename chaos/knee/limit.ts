import type { Load } from "./step.ts";

/** What was measured of one thing that may be the limit. */
type Candidate = { readonly name: string; readonly share: number; readonly full: number; readonly said: string };

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/**
 * What was used up while notes came late. Several things may be; nothing of what was measured may be.
 *
 * @param load of a step whose notes came late.
 */
export function limitsOf({ loopShare, idleShare, ceilings, backlog }: Load): readonly string[] {
  const candidates: readonly Candidate[] = [
    {
      name: "loop",
      share: loopShare,
      full: 0.9,
      said: `the one process that plays AWS, Intercom and the senders: its event loop is busy ${percent(loopShare)} of the time`,
    },
    {
      name: "machine",
      share: 1 - idleShare,
      full: 0.95,
      said: `the machine's processors: busy ${percent(1 - idleShare)} of the time`,
    },
    ...Object.entries(ceilings).map(([name, share]) => ({
      name,
      share,
      full: 0.8,
      said: `the concurrency of ${name}'s event source: at its ceiling ${percent(share)} of the time, with ${backlog} messages waiting at most`,
    })),
  ];
  return candidates.filter(({ share, full }) => share >= full).map(({ said }) => said);
}
