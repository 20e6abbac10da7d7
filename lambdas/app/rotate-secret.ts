import { formatSecret, parseSecret } from "../domain/product/parameter-values.ts";
import type { StageParameters } from "./operator-ports.ts";

/**
 * Puts a new value before the one that is valid: both are, until the rotation is finished.
 *
 * @returns `unfinished`: two values are valid already, and a third would push one out. `same`: it is the valid value.
 * @throws RetryableError, TerminalError
 */
export async function beginRotation(
  parameters: StageParameters,
  name: string,
  value: string,
): Promise<"begun" | "created" | "unfinished" | "same"> {
  const current = await valuesOf(parameters, name);
  if (current[0] === value) return "same";
  if (current.length > 1) return "unfinished";
  await parameters.write(name, formatSecret([value, ...current]), "secret");
  return current.length === 0 ? "created" : "begun";
}

/** Keeps the newest value alone. `nothing`: there are no two values. */
export async function finishRotation(parameters: StageParameters, name: string): Promise<"finished" | "nothing"> {
  const [newest, ...others] = await valuesOf(parameters, name);
  if (newest === undefined || others.length === 0) return "nothing";
  await parameters.write(name, formatSecret([newest]), "secret");
  return "finished";
}

async function valuesOf(parameters: StageParameters, name: string): Promise<readonly string[]> {
  return parseSecret((await parameters.read([name])).get(name) ?? "");
}
