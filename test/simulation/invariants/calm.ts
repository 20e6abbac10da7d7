import type { Scenario } from "../scenario.ts";

/** Whether nothing goes wrong: users act and write, and every service does what it is asked at once. */
export function isCalm({ faults, conversations, happenings, deployment }: Scenario): boolean {
  return (
    faults.length === 0 &&
    deployment.clockSkewMs <= 50 &&
    conversations.every(({ unknownForMs }) => unknownForMs === 0) &&
    happenings.every(({ type }) => type === "body" || type === "write")
  );
}
