import { removeProduct } from "../../lambdas/app/remove-product.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../errors.ts";
import { yesOption } from "../global-options.ts";
import { productIdOf } from "../known-product.ts";

export const productRemove: Command = {
  path: ["product", "remove"],
  summary: "Remove a product with its configuration and secrets",
  positionals: ["product"],
  options: { yes: yesOption },
  details: [
    "It is taken off the list of products first, so that nothing is accepted for it any more. What is stored of its",
    "sessions goes by its time to live; see session erase. Notes in Intercom stay.",
  ],
  run: async ({ parameters, stage, terminal }, given) => {
    const productId = productIdOf(given.positional("product"));
    const question = `Remove ${productId} from ${stage}, with its configuration and secrets?`;
    if (!given.flag("yes") && !(await terminal.confirm(question))) throw new CommandError("Nothing was removed");
    const removed = await removeProduct(parameters, productId);
    if (removed === undefined) throw new CommandError(`There is no product ${productId} in ${stage}`);
    return {
      ok: true,
      json: { product_id: productId, parameters_deleted: removed },
      text: [
        `Product ${productId} is removed: ${removed} parameters deleted. Its senders are answered 401 within 60 s.`,
      ],
    };
  },
};
