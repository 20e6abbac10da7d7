/** `at(yyyy-mm-ddThh:mm:ss)`, UTC by default: no zone, no fraction (EventBridge Scheduler user guide, schedule types). */
export function atExpression(second: number): string {
  return `at(${new Date(second).toISOString().slice(0, 19)})`;
}
