import { expect, test } from "vitest";
import { toBody } from "../../../lambdas/adapters/language-model/openai-request.ts";
import { requestOf } from "../../contract/suites/language-model.ts";

test.each([
  ["https://api.openai.com/v1", "max_completion_tokens"],
  ["https://eu.api.openai.com/v1", "max_completion_tokens"],
  ["https://notopenai.com/v1", "max_tokens"],
  ["https://openai.com.example.org/v1", "max_tokens"],
  ["http://127.0.0.1:11434/v1", "max_tokens"],
])("at %s the limit of the output is called %s", (baseUrl, name) => {
  const { model, messages, ...limits } = toBody(requestOf({ maxOutputTokens: 77 }), { model: "m-1", baseUrl });
  expect(limits).toEqual({ [name]: 77 });
});
