import { newSecret } from "../../lambdas/adapters/system/new-secret.ts";
import {
  generatedSecrets,
  type ProductSecretName,
  parameterName,
  productSecrets,
} from "../../lambdas/domain/product/parameter-names.ts";
import { accountProblems } from "../account-problems.ts";
import type { Arguments, Command, Result } from "../command.ts";
import type { Context } from "../context.ts";
import { CommandError, UsageError } from "../errors.ts";
import { readStoredProduct } from "../known-product.ts";
import { problemLines } from "../problem-lines.ts";
import { rotate } from "../rotation.ts";
import { givenSecret, obtainSecret, readSecretsFile, secretsFromOption } from "../secret-input.ts";

export const productRotateSecret: Command = {
  path: ["product", "rotate-secret"],
  summary: "Change a secret without a gap: two values are valid until --finish",
  positionals: ["product", "secret"],
  options: {
    finish: { type: "boolean", help: "drop the old value" },
    "secrets-from": secretsFromOption,
  },
  details: [
    `<secret> is one of ${productSecrets.join(", ")}.`,
    "ingest/secret, operator/key, push/secret and stream/secret are made up and shown once, unless INGEST_SECRET,",
    "OPERATOR_KEY, PUSH_SECRET or STREAM_SECRET gives them.",
    "The others come from INTERCOM_ACCESS_TOKEN, INTERCOM_CLIENT_SECRET, INTERCOM_IDENTITY_SECRET, LANGUAGE_API_KEY and",
    "KNOWLEDGE_BASE_TOKEN; a new access token is tried first.",
  ],
  run: async (context, given) => {
    const stored = await readStoredProduct(context, given.positional("product"));
    const secret = secretOf(given);
    const name = parameterName.secret(stored.productId, secret);
    if (given.flag("finish")) return rotate(context, { name, finish: true });
    const { value, madeUp } = await newValue(context, given, secret);
    if (!/^[\x21-\x7e]+$/.test(value)) throw new CommandError("The new value must be printable, without spaces");
    if (secret === "intercom/access-token") {
      const problems = await accountProblems(context, { ...stored, secrets: { ...stored.secrets, [secret]: [value] } });
      if (problems.length > 0) return unusable(problems);
    }
    return rotate(context, { name, finish: false, value, madeUp });
  },
};

function secretOf(given: Arguments): ProductSecretName {
  const name = given.positional("secret");
  const secret = productSecrets.find((candidate) => candidate === name);
  if (!secret) throw new UsageError(`<secret> is one of ${productSecrets.join(", ")}`);
  return secret;
}

async function newValue(
  { terminal }: Context,
  given: Arguments,
  secret: ProductSecretName,
): Promise<{ readonly value: string; readonly madeUp: boolean }> {
  const file = await readSecretsFile(given.option("secrets-from"));
  if (!generatedSecrets.some((name) => name === secret)) {
    return { value: await obtainSecret(secret, { file, terminal }), madeUp: false };
  }
  const value = givenSecret(secret, file);
  return { value: value ?? newSecret(), madeUp: value === undefined };
}

const unusable = (problems: Parameters<typeof problemLines>[0]): Result => ({
  ok: false,
  json: { problems },
  text: ["Nothing was written:", ...problemLines(problems)],
});
