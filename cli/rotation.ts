import { beginRotation, finishRotation } from "../lambdas/app/rotate-secret.ts";
import type { Result } from "./command.ts";
import type { Context } from "./context.ts";
import { CommandError } from "./errors.ts";

export type Rotation =
  | { readonly name: string; readonly finish: true }
  /** `madeUp`: nobody but us knows the value yet, so it is shown. */
  | { readonly name: string; readonly finish: false; readonly value: string; readonly madeUp: boolean };

/** Begins or finishes the rotation of a secret, and says what is valid now. */
export async function rotate({ parameters }: Context, rotation: Rotation): Promise<Result> {
  const { name } = rotation;
  if (rotation.finish) {
    const outcome = await finishRotation(parameters, name);
    if (outcome === "nothing") throw new CommandError(`${name} has no old value to drop`);
    return { ok: true, json: { name, outcome }, text: [`${name}: the old value is refused within 60 s.`] };
  }
  const outcome = await beginRotation(parameters, name, rotation.value);
  switch (outcome) {
    case "unfinished":
      throw new CommandError(`${name} has two values already: finish that rotation first, with --finish`);
    case "same":
      throw new CommandError(`${name} has this value already`);
    case "begun":
    case "created":
      return {
        ok: true,
        json: { name, outcome, ...(rotation.madeUp ? { value: rotation.value } : {}) },
        text: [
          outcome === "begun"
            ? `${name}: the new value is valid within 60 s beside the old one. Finish with --finish.`
            : `${name}: set, and valid within 60 s.`,
          ...(rotation.madeUp ? ["", "Made up just now, and shown this once:", "", `  ${rotation.value}`] : []),
        ],
      };
    default:
      return outcome satisfies never;
  }
}
