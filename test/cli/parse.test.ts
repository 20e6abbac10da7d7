import { describe, expect, it } from "vitest";
import { commands } from "../../cli/commands.ts";
import { commandHelp, overview } from "../../cli/help.ts";
import { parseCommandLine } from "../../cli/parse.ts";

const parse = (...args: string[]) => parseCommandLine(commands, args);

function run(...args: string[]) {
  const invocation = parse(...args);
  if (invocation.kind !== "run") throw new Error("This is a call for help");
  return invocation;
}

describe("a command line", () => {
  it("names a command, its arguments and its options, in any order", () => {
    const { command, given } = run("product", "add", "--admin-id", "9001", "acme", "--json");
    expect(command.path).toEqual(["product", "add"]);
    expect([given.positional("product"), given.option("admin-id"), given.flag("json"), given.option("stage")]).toEqual([
      "acme",
      "9001",
      true,
      undefined,
    ]);
  });

  it("may leave out what is optional", () => {
    expect(run("session", "erase", "acme", "--person", "u").given.positional("session")).toBe("");
  });

  it.each([
    ["an unknown command", ["nonsense"], 'There is no command "nonsense"'],
    ["half a command", ["product"], "product needs a command"],
    ["a missing argument", ["product", "show"], "product show: <product> is missing"],
    ["an argument too many", ["product", "list", "acme"], 'product list takes no argument "acme"'],
    ["an unknown option", ["product", "list", "--nope"], "Unknown option '--nope'"],
    ["an option without its value", ["product", "list", "--stage"], "Option '--stage <value>' argument missing"],
    ["a secret as an argument", ["product", "add", "acme", "--access-token", "t"], "Unknown option '--access-token'"],
  ])("is refused for %s", (_, args, message) => {
    expect(() => parse(...args)).toThrow(message);
  });

  it("asks for help about everything, a group, or a command", () => {
    expect(parse()).toEqual({ kind: "help", about: [] });
    expect(parse("--help")).toEqual({ kind: "help", about: [] });
    expect(parse("dlq", "--help")).toEqual({ kind: "help", about: ["dlq"] });
    expect(parse("product", "add", "--help")).toMatchObject({ kind: "help", about: { path: ["product", "add"] } });
  });
});

describe("help", () => {
  it("lists every command, or those of a group", () => {
    const all = overview(commands, []).join("\n");
    for (const { path } of commands) expect(all).toContain(`  ${path.join(" ")}`);
    expect(overview(commands, ["dlq"]).filter((line) => line.startsWith("  dlq"))).toHaveLength(3);
  });

  it.each(commands.map((command) => [command.path.join(" "), command] as const))(
    "of %s tells every option",
    (_, command) => {
      const text = commandHelp(command).join("\n");
      for (const name of [...Object.keys(command.options), "stage", "local", "json"])
        expect(text).toContain(`--${name}`);
    },
  );
});
