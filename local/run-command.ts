type Refused = { readonly kind: "help" } | { readonly kind: "wrong"; readonly problem: string };

/**
 * What every command line of this repository does with its options: help goes to standard output and ends with 0, wrong
 * options end with 2 and say why and what would be right, and anything else is run.
 *
 * @param run resolves to the exit code
 */
export async function runCommand<Command extends { readonly kind: string }>(
  command: Command | Refused,
  usage: string,
  run: (command: Exclude<Command, Refused>) => Promise<number> | number,
): Promise<void> {
  if (isRefused(command)) {
    if (command.kind === "help") process.stdout.write(usage);
    else process.stderr.write(`${command.problem}\n\n${usage}`);
    process.exitCode = command.kind === "help" ? 0 : 2;
    return;
  }
  process.exitCode = await run(command as Exclude<Command, Refused>);
}

function isRefused(command: { readonly kind: string }): command is Refused {
  return command.kind === "help" || command.kind === "wrong";
}
