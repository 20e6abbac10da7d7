import { newSecret } from "../../lambdas/adapters/system/new-secret.ts";
import { parameterName } from "../../lambdas/domain/product/parameter-names.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../errors.ts";
import { yesOption } from "../global-options.ts";
import { rotate } from "../rotation.ts";

export const operatorKey: Command = {
  path: ["operator-key"],
  summary: "Create the stage's operator key, which opens POST /products",
  positionals: [],
  options: {
    rotate: { type: "boolean", help: "add a new key beside the one there is" },
    finish: { type: "boolean", help: "drop the old key" },
    remove: { type: "boolean", help: "delete the key: nobody may call POST /products" },
    yes: yesOption,
  },
  details: ["A stage has none until it is created. It is shown this once."],
  run: async (context, given) => {
    const name = parameterName.operatorKey;
    if (given.flag("remove")) {
      if (!given.flag("yes") && !(await context.terminal.confirm("Delete the operator key?"))) {
        throw new CommandError("Nothing was deleted");
      }
      await context.parameters.remove(name);
      return { ok: true, json: { name, outcome: "removed" }, text: ["The operator key is refused within 60 s."] };
    }
    if (given.flag("finish")) return rotate(context, { name, finish: true });
    const exists = (await context.parameters.existing([name])).has(name);
    if (exists && !given.flag("rotate")) throw new CommandError("There is an operator key: see --rotate and --remove");
    return rotate(context, { name, finish: false, value: newSecret(), madeUp: true });
  },
};
