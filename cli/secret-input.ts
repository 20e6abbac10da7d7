import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { OptionSpec } from "./command.ts";
import { readVariable, secretVariable } from "./environment.ts";
import { CommandError, UsageError } from "./errors.ts";
import type { Terminal } from "./terminal.ts";

export type SecretName = keyof typeof secretVariable;

export const secretsFromOption: OptionSpec = {
  type: "string",
  placeholder: "FILE",
  help: "read secrets from lines NAME=VALUE, - for standard input",
};

/** What `--secrets-from` gives, by the names of the environment variables; empty without it. */
export async function readSecretsFile(file: string | undefined): Promise<ReadonlyMap<string, string>> {
  if (file === undefined) return new Map();
  return parseSecretLines(await readText(file));
}

/** @throws CommandError naming a line by its number, never by what it says */
export function parseSecretLines(content: string): ReadonlyMap<string, string> {
  const lines = content.split("\n").map((line) => line.trim());
  return new Map(
    lines.flatMap((line, at) => {
      if (line === "" || line.startsWith("#")) return [];
      const [, name, value] = /^([A-Z_]+)=(.+)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        throw new CommandError(`Line ${at + 1} of the secrets is not NAME=VALUE`);
      }
      return [[name, value] as const];
    }),
  );
}

/**
 * A secret from the file, else the environment, else whoever sits at the terminal. Never from an argument, which other
 * processes and the shell's history would see.
 */
export async function obtainSecret(
  secret: SecretName,
  { file, terminal }: { readonly file: ReadonlyMap<string, string>; readonly terminal: Terminal },
): Promise<string> {
  const given = givenSecret(secret, file);
  if (given !== undefined) return given;
  if (!terminal.interactive) {
    throw new UsageError(`${secretVariable[secret]} is missing: set it, or give --secrets-from FILE`);
  }
  return terminal.askHidden(secret);
}

export function givenSecret(secret: SecretName, file: ReadonlyMap<string, string>): string | undefined {
  return file.get(secretVariable[secret]) ?? readVariable(secretVariable[secret]);
}

/** @param file `-` for standard input. @throws CommandError when there is no such file */
export async function readText(file: string): Promise<string> {
  if (file === "-") return text(process.stdin);
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new CommandError(`Cannot read ${file}`, { cause: error });
  }
}
