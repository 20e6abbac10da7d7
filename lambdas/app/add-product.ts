import { type Problem, problemAt } from "../domain/activity/problem.ts";
import { type ConfigurationDocument, toConfiguration } from "../domain/product/configuration.ts";
import { generatedSecrets, parameterName } from "../domain/product/parameter-names.ts";
import { documentText, readDocument } from "../domain/product/read-document.ts";
import type { NewProduct } from "./new-product.ts";
import type { ChatAccount, NewSecret, StageParameters } from "./operator-ports.ts";
import { addToIndex, listProducts } from "./product-index.ts";

export type AddProductPorts = {
  readonly parameters: StageParameters;
  readonly account: ChatAccount;
  readonly newSecret: NewSecret;
};

/** Secrets that were made up just now. They are shown this once, and never again. */
export type NewSecrets = Readonly<Partial<Record<(typeof generatedSecrets)[number], string>>>;

export type AddProductAnswer =
  | {
      readonly kind: "added" | "updated";
      readonly productId: string;
      readonly adminName: string;
      readonly newSecrets: NewSecrets;
    }
  /** Nothing was written. Paths are those of {@link NewProduct}. */
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] };

/**
 * Adds a product, or brings one up to date: validates document and credentials, writes its parameters, and puts it on
 * the list of products last, so that a half-done addition is invisible. Done again, it completes or updates; secrets
 * that we made up for a product on the list stay as they are.
 *
 * @throws RetryableError, TerminalError when the platform or the parameters do not answer; doing it again is safe.
 */
export async function addProduct(ports: AddProductPorts, wanted: NewProduct): Promise<AddProductAnswer> {
  const { parameters } = ports;
  const productId = wanted.product_id;
  const document = await documentOf(parameters, wanted);
  const read = readDocument(document);
  if (!read.ok) return { kind: "invalid", problems: read.problems.map(underConfiguration) };
  const account = await checkAccount(ports.account, wanted, read.document);
  if ("path" in account) return { kind: "invalid", problems: [account] };

  const listed = (await listProducts(parameters)).has(productId);
  const missing = await missingSecrets(parameters, productId, listed);
  const newSecrets = Object.fromEntries(missing.map((secret) => [secret, ports.newSecret()]));
  // As it was written, without the defaults: these may change with a later version.
  await parameters.write(parameterName.configuration(productId), documentText(document), "plain");
  await parameters.write(parameterName.secret(productId, "intercom/access-token"), wanted.access_token, "secret");
  await parameters.write(parameterName.secret(productId, "intercom/client-secret"), wanted.client_secret, "secret");
  for (const secret of missing) {
    await parameters.write(parameterName.secret(productId, secret), newSecrets[secret] ?? "", "secret");
  }
  await addToIndex(parameters, productId);
  return { kind: listed ? "updated" : "added", productId, adminName: account.name, newSecrets };
}

const underConfiguration = ({ path, reason }: Problem): Problem => ({
  path: path === "body" ? "configuration" : `configuration.${path}`,
  reason,
});

/** The given document, else the one that stands there, else an empty one; with the given admin and address. */
async function documentOf(parameters: StageParameters, wanted: NewProduct): Promise<Record<string, unknown>> {
  const name = parameterName.configuration(wanted.product_id);
  const base = wanted.configuration ?? parseObject((await parameters.read([name])).get(name)) ?? {};
  const intercom = {
    ...asObject(base.intercom),
    admin_id: wanted.admin_id,
    ...(wanted.base_url === undefined ? {} : { base_url: wanted.base_url }),
  };
  return { ...base, intercom };
}

async function checkAccount(
  account: ChatAccount,
  wanted: NewProduct,
  document: ConfigurationDocument,
): Promise<{ readonly name: string } | Problem> {
  const checked = await account.check({
    productId: wanted.product_id,
    configuration: toConfiguration(document),
    secrets: { "intercom/access-token": [wanted.access_token] },
  });
  switch (checked.kind) {
    case "known":
      return { name: checked.name };
    case "token-refused":
      return problemAt(["access_token"], "the chat platform refuses it");
    case "no-such-admin":
      return problemAt(["admin_id"], "the workspace of this access token has no such admin");
    case "no-platform":
      return problemAt(["base_url"], "what answers there is no chat platform");
    default:
      return checked satisfies never;
  }
}

/** Those of a product that is not on the list yet were never shown to anybody: they are made anew. */
async function missingSecrets(
  parameters: StageParameters,
  productId: string,
  listed: boolean,
): Promise<readonly (typeof generatedSecrets)[number][]> {
  if (!listed) return generatedSecrets;
  const existing = await parameters.existing(generatedSecrets.map((secret) => parameterName.secret(productId, secret)));
  return generatedSecrets.filter((secret) => !existing.has(parameterName.secret(productId, secret)));
}

function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
