import type { Problem } from "../../lambdas/domain/activity/problem.ts";
import { neededSecrets } from "../../lambdas/domain/product/parameter-names.ts";
import { accountProblems } from "../account-problems.ts";
import type { Command } from "../command.ts";
import { readStoredProduct, type StoredProduct } from "../known-product.ts";
import { problemLines } from "../problem-lines.ts";

export const productCheck: Command = {
  path: ["product", "check"],
  summary: "Check a product's configuration, secrets and access to Intercom",
  positionals: ["product"],
  options: {},
  details: [
    "Tells every problem with its path; with one the exit code is 1. What is allowed but hardly meant is a warning: an",
    "unknown key, a chip whose tour is not registered, a label or a trigger that comes twice, an entry that is left out.",
  ],
  run: async (context, given) => {
    const product = await readStoredProduct(context, given.positional("product"));
    context.terminal.progress("Asking Intercom for the admin");
    const problems = [...product.problems, ...parameterProblems(product), ...(await accountProblems(context, product))];
    const { productId } = product;
    const warnings = [
      ...product.warnings,
      ...product.leftOut.map((path) => ({ path, reason: "is left out until it is mended; the rest is in use" })),
    ];
    return {
      ok: problems.length === 0,
      json: { product_id: productId, ok: problems.length === 0, problems, warnings },
      text: [
        problems.length === 0 ? `Product ${productId} is fine.` : `Product ${productId} has problems:`,
        ...problemLines(problems),
        ...(warnings.length > 0 ? ["Warnings:", ...problemLines(warnings)] : []),
      ],
    };
  },
};

function parameterProblems({ listed, secrets, document }: StoredProduct): readonly Problem[] {
  const missing = neededSecrets(document).filter((name) => secrets[name].length === 0);
  const lacksModel = document?.language.provider === "openai" && document.language.model === undefined;
  return [
    ...(listed ? [] : [{ path: "product-ids", reason: "does not list the product: nothing is accepted for it" }]),
    ...missing.map((name) => ({ path: name, reason: "is not set" })),
    ...(lacksModel ? [{ path: "language.model", reason: "is missing: an endpoint has no model by default" }] : []),
  ];
}
