import type { LanguageModel } from "../../app/language-ports.ts";
import { TerminalError } from "../../app/ports.ts";
import type { LanguageProvider } from "../../domain/product/language-settings.ts";

/**
 * The model that a product names, else that of the stack.
 *
 * @param byProvider what the stack was deployed with; a product that names another has no model: `gone`
 */
export function createChosenModel({
  byProvider,
  defaultProvider,
}: {
  readonly byProvider: Readonly<Partial<Record<LanguageProvider, LanguageModel>>>;
  readonly defaultProvider: LanguageProvider;
}): LanguageModel {
  return {
    async complete(product, request, limits) {
      const provider = product.configuration.language.provider ?? defaultProvider;
      const model = byProvider[provider];
      if (model === undefined) throw new TerminalError("gone", `this stack has no language model of ${provider}`);
      return model.complete(product, request, limits);
    },
  };
}
