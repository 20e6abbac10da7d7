import { parameterName } from "../../lambdas/domain/product/parameter-names.ts";
import type { Command } from "../command.ts";
import { productIdOf } from "../known-product.ts";
import { problemLines } from "../problem-lines.ts";
import { readText } from "../secret-input.ts";
import { readStoredDocument } from "../stored-document.ts";

export const productSetConfig: Command = {
  path: ["product", "set-config"],
  summary: "Replace a product's configuration document",
  positionals: ["product", "file"],
  options: {},
  details: [
    "FILE is JSON, - for standard input. A document with a problem is not written. The change takes effect within 60 s.",
  ],
  run: async ({ parameters }, given) => {
    const productId = productIdOf(given.positional("product"));
    const content = await readText(given.positional("file"));
    const { problems, warnings } = readStoredDocument(content);
    const ok = problems.length === 0;
    if (ok) await parameters.write(parameterName.configuration(productId), content.trim(), "plain");
    return {
      ok,
      json: { product_id: productId, written: ok, problems, warnings },
      text: [
        ok ? `The configuration of ${productId} is written; it takes effect within 60 s.` : "Nothing was written:",
        ...problemLines(problems),
        ...(warnings.length > 0 ? ["Warnings:", ...problemLines(warnings)] : []),
      ],
    };
  },
};
