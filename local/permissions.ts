import * as z from "zod";
import type { ResolvedResource } from "./template/stack.ts";

const listOf = <Item extends z.ZodType>(item: Item) => z.union([item.transform((one) => [one]), z.array(item)]);

const document = z.object({
  Statement: listOf(
    z.object({
      Effect: z.enum(["Allow", "Deny"]),
      Action: listOf(z.string()),
      Resource: listOf(z.string()),
    }),
  ),
});

const inlinePolicy = z.object({ PolicyDocument: document });
const role = z.object({ Policies: z.array(inlinePolicy).default([]) });
const attachedPolicy = inlinePolicy.extend({ Roles: z.array(z.string()).default([]) });

type Pattern = { readonly text: string; readonly matches: RegExp };

type Statement = {
  readonly allows: boolean;
  readonly actions: readonly Pattern[];
  readonly resources: readonly Pattern[];
};

/** One action on one resource that a role was granted, both as the policy says it. */
export type Grant = { readonly role: string; readonly action: string; readonly resource: string };

export type Permissions = {
  /** May the role with this ARN do this to that? */
  allows(roleArn: string, action: string, resourceArn: string): boolean;
  /** What the roles were granted, and whether anything was allowed by it yet. */
  grants(): readonly (Grant & { readonly used: boolean })[];
};

/**
 * Reads what the stack's roles may do, from their own policies and those that are attached to them. Conditions are taken
 * as met; managed policies, which grant logging only here, are not read.
 */
export function readPermissions(resources: readonly ResolvedResource[]): Permissions {
  const policies = resources
    .filter(({ type }) => type === "AWS::IAM::Policy")
    .map(({ properties }) => attachedPolicy.parse(properties));
  const statements = new Map<string, readonly Statement[]>();
  const grants = new Map<string, Grant & { used: boolean }>();
  const keyOf = (roleArn: string, action: Pattern, resource: Pattern): string =>
    JSON.stringify([roleArn, action.text, resource.text]);
  for (const { type, name, attributes, properties } of resources) {
    if (type !== "AWS::IAM::Role") continue;
    const roleArn = attributes.Arn ?? "";
    const attached = policies.filter(({ Roles }) => Roles.includes(name));
    const documents = [...role.parse(properties).Policies, ...attached].map(({ PolicyDocument }) => PolicyDocument);
    const compiled = documents.flatMap(({ Statement }) => Statement).map(compile);
    statements.set(roleArn, compiled);
    for (const { action, resource } of compiled.filter(({ allows }) => allows).flatMap(pairs)) {
      const grant = { role: name, action: action.text, resource: resource.text, used: false };
      grants.set(keyOf(roleArn, action, resource), grant);
    }
  }
  return {
    allows(roleArn, action, resourceArn) {
      const matching = (statements.get(roleArn) ?? []).flatMap((statement) =>
        pairs(statement)
          .filter((pair) => pair.action.matches.test(action) && pair.resource.matches.test(resourceArn))
          .map((pair) => ({ ...pair, allows: statement.allows })),
      );
      for (const pair of matching) {
        const grant = grants.get(keyOf(roleArn, pair.action, pair.resource));
        if (grant) grant.used = true;
      }
      return matching.length > 0 && matching.every(({ allows }) => allows);
    },
    grants: () => [...grants.values()],
  };
}

function pairs({ actions, resources }: Statement): readonly { readonly action: Pattern; readonly resource: Pattern }[] {
  return actions.flatMap((action) => resources.map((resource) => ({ action, resource })));
}

function compile({ Effect, Action, Resource }: z.infer<typeof document>["Statement"][number]): Statement {
  return {
    allows: Effect === "Allow",
    actions: Action.map((text) => ({ text, matches: wildcard(text, "i") })),
    resources: Resource.map((text) => ({ text, matches: wildcard(text) })),
  };
}

function wildcard(pattern: string, flags?: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, flags);
}
