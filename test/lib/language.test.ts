import { expect, it } from "vitest";
import { languageOf } from "../../lib/language.ts";

it.each([
  ["eu-central-1", "eu.amazon.nova-2-lite-v1:0"],
  ["us-east-1", "us.amazon.nova-2-lite-v1:0"],
  ["ap-southeast-2", "global.amazon.nova-2-lite-v1:0"],
  ["us-gov-west-1", "global.amazon.nova-2-lite-v1:0"],
  [undefined, "global.amazon.nova-2-lite-v1:0"],
])("given the region %s, then prompts stay in its geography where there is a profile for it", (region, id) => {
  expect(languageOf({ region }).bedrockModelId).toBe(id);
});

it("given a model, then the region does not matter", () => {
  const bedrockModelId = "amazon.nova-lite-v1:0";
  expect(languageOf({ region: "eu-west-1", bedrockModelId })).toMatchObject({ bedrockModelId });
});

it.each([
  [{ provider: "gpt" }, "The language provider must be bedrock, openai, extractive"],
  [{ bedrockModelId: "arn:aws:bedrock:::x" }, "must be the id of a model or an inference profile"],
  [{ knowledgeBaseIds: ["short"] }, "ten letters and digits"],
])("given %j, then it is refused with what was expected", (language, message) => {
  expect(() => languageOf(language)).toThrow(message);
});
