import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { BUNDLING_STACKS } from "aws-cdk-lib/cx-api";
import { afterAll } from "vitest";
import cdkJson from "../../cdk.json" with { type: "json" };
import { ThroughlineStack, type ThroughlineStackProps } from "../../lib/throughline-stack.ts";

/** A directory for assemblies that is removed when the tests of the file have ended. */
export function assemblyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "assembly-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/**
 * Synthesises one app with a stack for each of the props. Unchecked and without bundles, which saves seconds:
 * synth.test.ts checks, and bundles.test.ts bundles.
 */
export function synthesize(outdir: string, ...stages: readonly ThroughlineStackProps[]): readonly Template[] {
  const context = { ...cdkJson.context, [BUNDLING_STACKS]: [] };
  const app = new App({ outdir, context, builtinCloudFormationValidation: false });
  const names = stages.map((props) => new ThroughlineStack(app, `Throughline-${props.stage}`, props).artifactId);
  const assembly = app.synth();
  return names.map((name) => Template.fromJSON(assembly.getStackArtifact(name).template));
}

type Properties = Readonly<Record<string, unknown>>;

export type Resource = { readonly id: string; readonly properties: Properties };

/** The resources of a type, with the logical id that says which it is. */
export function resources(template: Template, type: string): readonly Resource[] {
  return Object.entries(template.findResources(type)).map(([id, { Properties = {} }]) => ({
    id,
    properties: Properties as Properties,
  }));
}

/** `MailboxQueue4E0AA783` is `MailboxQueue`: the hash of the construct path is pinned where it matters. */
export function withoutHash(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, "");
}

/** Writes a value with CloudFormation functions as a line: `arn:<AWS::Partition>:…`, `<MailboxQueue.Arn>`. */
export function flat(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if ("Ref" in value) return `<${withoutHash(String(value.Ref))}>`;
  if ("Fn::GetAtt" in value) {
    const [id, attribute] = value["Fn::GetAtt"] as [string, string];
    return `<${withoutHash(id)}.${attribute}>`;
  }
  if ("Fn::Join" in value) {
    const [separator, parts] = value["Fn::Join"] as [string, unknown[]];
    return parts.map(flat).join(separator);
  }
  return JSON.stringify(value);
}
