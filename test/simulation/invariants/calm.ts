import type { Happening, Scenario } from "../scenario.ts";

const harmless: ReadonlySet<Happening["type"]> = new Set(["body", "write", "reply", "echo", "reset"]);

/**
 * Whether nothing goes wrong: users act and write, and every service does what it is asked at once. A language model may
 * do whatever it likes: nobody but those who wait for its words may notice.
 */
export function isCalm({ faults, conversations, happenings, deployment }: Scenario): boolean {
  return (
    faults.every(({ type }) => type === "model") &&
    deployment.clockSkewMs <= 50 &&
    conversations.every(({ unknownForMs }) => unknownForMs === 0) &&
    happenings.every(({ type }) => harmless.has(type))
  );
}
