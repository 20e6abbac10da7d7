import { productAddresses } from "../../lambdas/adapters/intercom/product-addresses.ts";
import { newSecret } from "../../lambdas/adapters/system/new-secret.ts";
import { type AddProductAnswer, addProduct } from "../../lambdas/app/add-product.ts";
import { readNewProduct } from "../../lambdas/app/new-product.ts";
import type { Arguments, Command, Result } from "../command.ts";
import type { Context } from "../context.ts";
import { CommandError, UsageError } from "../errors.ts";
import { problemLines } from "../problem-lines.ts";
import { obtainSecret, readSecretsFile, readText, secretsFromOption } from "../secret-input.ts";

/** Intercom's hosts, by the region of a workspace. */
const hosts: Readonly<Record<string, string>> = {
  us: "https://api.intercom.io",
  eu: "https://api.eu.intercom.io",
  au: "https://api.au.intercom.io",
};

export const productAdd: Command = {
  path: ["product", "add"],
  summary: "Add a product, or bring one up to date",
  positionals: ["product"],
  options: {
    "admin-id": { type: "string", placeholder: "ID", help: "the Intercom admin in whose name notes are written" },
    "intercom-region": { type: "string", placeholder: "us|eu|au", help: "where the Intercom workspace lives (us)" },
    "base-url": { type: "string", placeholder: "URL", help: "another address of Intercom's API" },
    config: { type: "string", placeholder: "FILE", help: "the configuration document, JSON" },
    "secrets-from": secretsFromOption,
  },
  details: [
    "Asks for what is not given. Secrets come from INTERCOM_ACCESS_TOKEN and INTERCOM_CLIENT_SECRET, as lines of",
    "--secrets-from or in the environment. Reads the admin from Intercom before anything is written. Done again, it",
    "completes or updates. Secrets that were made up are shown this once.",
  ],
  run: async (context, given) => {
    const wanted = readNewProduct(await collect(context, given));
    if (!wanted.ok) return refused(wanted.problems);
    const { apiUrl } = await context.deployment();
    context.terminal.progress("Asking Intercom for the admin, then writing parameters");
    const answer = await addProduct({ ...context, newSecret }, wanted.product);
    return answer.kind === "invalid" ? refused(answer.problems) : added(answer, apiUrl);
  },
};

const refused = (problems: Parameters<typeof problemLines>[0]): Result => ({
  ok: false,
  json: { problems },
  text: ["Nothing was written:", ...problemLines(problems)],
});

async function collect({ terminal }: Context, given: Arguments): Promise<object> {
  const file = await readSecretsFile(given.option("secrets-from"));
  const configuration = given.option("config");
  const baseUrl = addressOf(given);
  return {
    product_id: given.positional("product"),
    admin_id: given.option("admin-id") ?? (await askAdmin(terminal)),
    ...(baseUrl === undefined ? {} : { base_url: baseUrl }),
    ...(configuration === undefined ? {} : { configuration: parseDocument(await readText(configuration)) }),
    access_token: await obtainSecret("intercom/access-token", { file, terminal }),
    client_secret: await obtainSecret("intercom/client-secret", { file, terminal }),
  };
}

function askAdmin(terminal: Context["terminal"]): Promise<string> {
  if (!terminal.interactive) throw new UsageError("--admin-id is missing");
  return terminal.ask("Intercom admin id");
}

function addressOf(given: Arguments): string | undefined {
  const region = given.option("intercom-region");
  const url = given.option("base-url");
  if (region === undefined) return url;
  if (url !== undefined) throw new UsageError("--intercom-region and --base-url say the same: give one");
  const host = hosts[region];
  if (host === undefined) throw new UsageError(`--intercom-region is one of ${Object.keys(hosts).join(", ")}`);
  return host;
}

function parseDocument(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError("The configuration document is not JSON");
  }
}

function added(answer: Exclude<AddProductAnswer, { readonly kind: "invalid" }>, apiUrl: string): Result {
  const { kind, productId, adminName, newSecrets } = answer;
  const addresses = productAddresses(apiUrl, productId);
  const secrets = Object.entries(newSecrets);
  return {
    ok: true,
    json: { product_id: productId, outcome: kind, admin_name: adminName, ...addresses, new_secrets: newSecrets },
    text: [
      `Product ${productId} is ${kind}. Its notes are written in the name of ${adminName}.`,
      "",
      `  Push batches of actions to  ${addresses.actions_url}`,
      `  Intercom's webhook          ${addresses.chat_webhook_url}`,
      `  Topics of the webhook       ${addresses.chat_webhook_topics.join(", ")}`,
      ...(secrets.length > 0 ? ["", "Made up just now, and shown this once:", ""] : []),
      ...secrets.map(([name, value]) => `  ${name.padEnd(13)}  ${value}`),
    ],
  };
}
