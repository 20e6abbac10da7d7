import { readdirSync, statSync } from "node:fs";
import { checkedApp } from "../lib/checked-app.ts";
import type { Concurrency } from "../lib/concurrency.ts";
import type { Language } from "../lib/language.ts";
import { ThroughlineStack } from "../lib/throughline-stack.ts";

// The one stage of this synthesis, `--context stage=staging` with the CDK's command line. The same place is written
// with and without that command line, which sets CDK_OUTDIR.
const app = checkedApp({ outdir: process.env.CDK_OUTDIR ?? "cdk.out" });
const stage: string = app.node.tryGetContext("stage") ?? "prod";
const atOnce = (name: keyof Concurrency): Concurrency => {
  const given: string | undefined = app.node.tryGetContext(name);
  return given === undefined ? {} : { [name]: Number(given) };
};
const concurrency = {
  ...atOnce("workers"),
  ...atOnce("relays"),
  ...atOnce("writers"),
  ...atOnce("pushers"),
  ...atOnce("streams"),
};
const text = (name: string): string | undefined => app.node.tryGetContext(name);
const provider = text("language");
const bedrockModelId = text("bedrockModel");
const knowledgeBaseIds = text("knowledgeBases")
  ?.split(",")
  .map((id) => id.trim())
  .filter((id) => id !== "");
const language: Language = {
  // The CDK's command line says where it deploys to.
  region: process.env.CDK_DEFAULT_REGION,
  ...(provider === undefined ? {} : { provider }),
  ...(bedrockModelId === undefined ? {} : { bedrockModelId }),
  ...(knowledgeBaseIds === undefined ? {} : { knowledgeBaseIds }),
};
const stack = new ThroughlineStack(app, `Throughline-${stage}`, { stage, concurrency, language });
const { template } = app.synth().getStackByName(stack.stackName);

const sizes = () =>
  readdirSync(`${app.outdir}/bundles`).map((handler) => {
    const { size } = statSync(`${app.outdir}/bundles/${handler}/index.mjs`);
    return `${handler} ${Math.ceil(size / 1_000)} KB`;
  });
const bundles = stack.bundlingRequired ? sizes().join(", ") : "no bundles";
// Standard output belongs to `cdk synth`, which prints the template there.
process.stderr.write(`${stack.stackName}: ${Object.keys(template.Resources).length} resources; ${bundles}\n`);
