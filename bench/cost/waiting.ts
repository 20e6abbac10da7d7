import type { Assumptions } from "./assumptions.ts";
import type { Amounts } from "./bill.ts";
import { DAYS_A_MONTH } from "./month.ts";

const MS_A_SECOND = 1_000;
const BYTES_A_GB = 2 ** 30;

/**
 * Invocations of a function that waits for somebody else's machine.
 *
 * @param ms each, assumed. What it writes into its log is counted with all else.
 */
export function waitingAmounts(
  invocations: number,
  ms: number,
  functionMb: number,
  { platformLogBytes, logDays }: Assumptions,
): Amounts {
  const logGb = (invocations * platformLogBytes) / BYTES_A_GB;
  return {
    "lambda.request": invocations,
    "lambda.gb-second": invocations * (ms / MS_A_SECOND) * (functionMb / 1_024),
    "logs.ingested": logGb,
    "logs.stored": (logGb * logDays) / DAYS_A_MONTH,
  };
}
