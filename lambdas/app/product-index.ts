import { parameterName } from "../domain/product/parameter-names.ts";
import { formatIndex, parseIndex } from "../domain/product/parameter-values.ts";
import type { StageParameters } from "./operator-ports.ts";
import { RetryableError } from "./ports.ts";

/** SSM has no conditional write: who changes the list looks whether the change has lasted, and repeats it. */
const ATTEMPTS = 5;

export async function listProducts(parameters: StageParameters): Promise<ReadonlySet<string>> {
  return parseIndex((await parameters.read([parameterName.index])).get(parameterName.index) ?? "");
}

export function addToIndex(parameters: StageParameters, productId: string): Promise<void> {
  return change(
    parameters,
    (ids) => ids.has(productId),
    (ids) => new Set([...ids, productId]),
  );
}

export function removeFromIndex(parameters: StageParameters, productId: string): Promise<void> {
  return change(
    parameters,
    (ids) => !ids.has(productId),
    (ids) => new Set([...ids].filter((id) => id !== productId)),
  );
}

/** @throws RetryableError when others change the list all the time. */
async function change(
  parameters: StageParameters,
  isDone: (ids: ReadonlySet<string>) => boolean,
  changed: (ids: ReadonlySet<string>) => ReadonlySet<string>,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const ids = await listProducts(parameters);
    if (isDone(ids)) return;
    await parameters.write(parameterName.index, formatIndex(changed(ids)), "plain");
  }
  if (isDone(await listProducts(parameters))) return;
  throw new RetryableError("failed", "The list of products is being changed by somebody else");
}
