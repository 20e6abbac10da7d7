import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { ThroughlineStack } from "../../lib/throughline-stack.ts";
import { assemblyDirectory } from "./synthesis.ts";

const outdir = assemblyDirectory();
new ThroughlineStack(new App({ outdir }), "Stack", { stage: "prod", concurrency: { pushers: 2, streams: 50 } });

describe("the bundles", () => {
  const limitsKb: Readonly<Record<string, number>> = {
    "actor-worker": 750,
    "add-product": 450,
    "deadline-relay": 450,
    health: 450,
    "issue-stream-token": 550,
    // The clients of Bedrock and of its knowledge bases are 60 KB.
    "language-worker": 750,
    "push-delivery": 475,
    "read-context": 750,
    // Each reads the whole document of a product: what summaries, answers and sources may be set to came to it.
    "receive-actions": 475,
    "receive-browser-events": 475,
    "receive-chat-webhook": 475,
    "receive-page-reports": 475,
    "receive-source-webhook": 475,
    "stream-session": 550,
    "suggest-labels": 550,
  };

  it("are one for each function", () => {
    expect(readdirSync(join(outdir, "bundles")).sort()).toEqual(Object.keys(limitsKb));
  });

  it.each(Object.entries(limitsKb))("of %s is at most %i KB", (handler, limitKb) => {
    const { size } = statSync(join(outdir, "bundles", handler, "index.mjs"));
    expect(size / 1_000).toBeLessThanOrEqual(limitKb);
  });
});
