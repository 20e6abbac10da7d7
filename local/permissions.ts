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

type Statement = {
  readonly allows: boolean;
  readonly actions: readonly RegExp[];
  readonly resources: readonly RegExp[];
};

/** May the role with this ARN do this to that? */
export type Permissions = (roleArn: string, action: string, resourceArn: string) => boolean;

/**
 * Reads what the stack's roles may do, from their own policies and those that are attached to them. Conditions are taken
 * as met; managed policies, which grant logging only here, are not read.
 */
export function readPermissions(resources: readonly ResolvedResource[]): Permissions {
  const policies = resources
    .filter(({ type }) => type === "AWS::IAM::Policy")
    .map(({ properties }) => attachedPolicy.parse(properties));
  const statements = new Map<string, readonly Statement[]>();
  for (const { type, name, attributes, properties } of resources) {
    if (type !== "AWS::IAM::Role") continue;
    const attached = policies.filter(({ Roles }) => Roles.includes(name));
    const documents = [...role.parse(properties).Policies, ...attached].map(({ PolicyDocument }) => PolicyDocument);
    statements.set(attributes.Arn ?? "", documents.flatMap(({ Statement }) => Statement).map(compile));
  }
  return (roleArn, action, resourceArn) => {
    const matching = (statements.get(roleArn) ?? []).filter(
      ({ actions, resources: targets }) =>
        actions.some((pattern) => pattern.test(action)) && targets.some((pattern) => pattern.test(resourceArn)),
    );
    return matching.length > 0 && matching.every(({ allows }) => allows);
  };
}

function compile({ Effect, Action, Resource }: z.infer<typeof document>["Statement"][number]): Statement {
  return {
    allows: Effect === "Allow",
    actions: Action.map((pattern) => wildcard(pattern, "i")),
    resources: Resource.map((pattern) => wildcard(pattern)),
  };
}

function wildcard(pattern: string, flags?: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, flags);
}
