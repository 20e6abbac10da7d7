import type { ModelRequest } from "../../domain/language/model-request.ts";

/** The body of OpenAI's "Create chat completion". No temperature: models that reason refuse any but their own. */
export function toBody(
  { system, prompt, maxOutputTokens }: ModelRequest,
  { model, baseUrl }: { readonly model: string; readonly baseUrl: string },
) {
  const messages = [
    { role: "system", content: system },
    { role: "user", content: prompt },
  ];
  return { model, messages, [tokenLimitName(baseUrl)]: maxOutputTokens };
}

/**
 * OpenAI calls `max_tokens` deprecated, and its newer models refuse it; many servers that speak the protocol know no other
 * name, and would leave the output without a limit.
 */
function tokenLimitName(baseUrl: string): "max_tokens" | "max_completion_tokens" {
  const { hostname } = new URL(baseUrl);
  return hostname === "openai.com" || hostname.endsWith(".openai.com") ? "max_completion_tokens" : "max_tokens";
}
