import { type Addresses, type Identity, identify, isInert, isLiving, type LivingType } from "./identities.ts";
import { evaluate, evaluateCondition, type Scope } from "./intrinsics.ts";
import { accountId, type Resource, region, type SynthesizedStack } from "./template.ts";

/** A resource whose properties hold no functions any more. */
export type ResolvedResource = Identity & {
  readonly logicalId: string;
  readonly type: LivingType;
  readonly properties: Readonly<Record<string, unknown>>;
};

/**
 * Resolves every resource that the local cloud gives life to.
 *
 * @throws Error naming the path of what it does not understand: a type, a function, a name that refers to nothing.
 */
export function resolveStack(stack: SynthesizedStack, addresses: Addresses): readonly ResolvedResource[] {
  const { template, stackName } = stack;
  const identities = new Map<string, Identity>();
  const underway = new Set<string>();

  const pseudo: Readonly<Record<string, unknown>> = {
    "AWS::Region": region,
    "AWS::AccountId": accountId,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": stackName,
    "AWS::StackId": `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
    "AWS::NoValue": undefined,
    "AWS::NotificationARNs": [],
  };

  const scope: Scope = {
    reference(name) {
      if (name in pseudo) return pseudo[name];
      const parameter = template.Parameters?.[name];
      if (!parameter) return identity(name).ref;
      if (parameter.Default === undefined) throw new Error(`Parameters.${name}: it has no default`);
      return parameter.Default;
    },
    attribute(logicalId, attribute) {
      const value = identity(logicalId).attributes[attribute];
      if (value === undefined) throw new Error(`Resources.${logicalId}: it has no attribute ${attribute}`);
      return value;
    },
    condition(name) {
      const condition = template.Conditions?.[name];
      if (condition === undefined) throw new Error(`Conditions.${name}: there is no such condition`);
      return evaluateCondition(condition, scope, `Conditions.${name}`);
    },
  };

  function exists(resource: Resource): boolean {
    return resource.Condition === undefined || scope.condition(resource.Condition);
  }

  function identity(logicalId: string): Identity {
    const known = identities.get(logicalId);
    if (known) return known;
    const resource = template.Resources[logicalId];
    if (!resource || !exists(resource)) throw new Error(`Resources.${logicalId}: there is no such resource`);
    if (underway.has(logicalId)) throw new Error(`Resources.${logicalId}: its name refers to itself`);
    underway.add(logicalId);
    const path = `Resources.${logicalId}.Properties`;
    const naming = Object.fromEntries(
      Object.entries(resource.Properties ?? {})
        .filter(([key]) => /^(Name|QueueName|TableName|FunctionName|RoleName|FifoQueue)$/.test(key))
        .filter(([key]) => key !== "FunctionName" || resource.Type === "AWS::Lambda::Function")
        .map(([key, value]) => [key, evaluate(value, scope, `${path}.${key}`)]),
    );
    const found = identify({ stackName, logicalId, type: resource.Type }, naming, addresses);
    identities.set(logicalId, found);
    return found;
  }

  return Object.entries(template.Resources)
    .filter(([, resource]) => exists(resource))
    .flatMap(([logicalId, { Type: type, Properties = {} }]) => {
      if (isInert(type)) return [];
      if (!isLiving(type)) throw new Error(`Resources.${logicalId}: the local cloud does not know the type ${type}`);
      const properties = evaluate(Properties, scope, `Resources.${logicalId}.Properties`);
      return [{ ...identity(logicalId), logicalId, type, properties: properties as Record<string, unknown> }];
    });
}
