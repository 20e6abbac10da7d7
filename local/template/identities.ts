import { createHash } from "node:crypto";
import { accountId, region } from "./template.ts";

/** What `Ref` and `Fn::GetAtt` say of a resource. */
export type Identity = {
  readonly name: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
};

/** Addresses of the local cloud that stand where AWS would put its own. */
export type Addresses = { readonly gatewayUrl: string; readonly publicUrl: string; readonly functionUrl: string };

type Kind = {
  readonly nameProperty?: string;
  readonly longestName?: number;
  readonly suffix?: (properties: Readonly<Record<string, unknown>>) => string;
  readonly identity: (name: string, addresses: Addresses) => Omit<Identity, "name">;
};

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;

const named = (nameProperty: string, arnOf: (name: string) => string, longestName = 64): Kind => ({
  nameProperty,
  longestName,
  identity: (name) => ({ ref: name, attributes: { Arn: arnOf(name) } }),
});

const numbered: Kind = { identity: (name) => ({ ref: name, attributes: { Id: name } }) };

/** The types that the local cloud gives life to. */
const kinds = {
  "AWS::DynamoDB::Table": named("TableName", (name) => arn("dynamodb", `table/${name}`), 255),
  "AWS::DynamoDB::GlobalTable": named("TableName", (name) => arn("dynamodb", `table/${name}`), 255),
  "AWS::SQS::Queue": {
    nameProperty: "QueueName",
    longestName: 80,
    suffix: ({ FifoQueue }) => (FifoQueue === true || FifoQueue === "true" ? ".fifo" : ""),
    identity: (name, { gatewayUrl }) => {
      const url = `${gatewayUrl}/${accountId}/${name}`;
      return { ref: url, attributes: { Arn: arn("sqs", name), QueueName: name, QueueUrl: url } };
    },
  },
  "AWS::Lambda::Function": named("FunctionName", (name) => arn("lambda", `function:${name}`)),
  "AWS::Lambda::EventSourceMapping": numbered,
  "AWS::Lambda::Url": {
    identity: (name, { functionUrl }) => ({ ref: name, attributes: { FunctionUrl: `${functionUrl}/` } }),
  },
  "AWS::ApiGatewayV2::Api": {
    identity: (name, { publicUrl }) => ({ ref: name, attributes: { ApiId: name, ApiEndpoint: publicUrl } }),
  },
  "AWS::ApiGatewayV2::Route": numbered,
  "AWS::ApiGatewayV2::Integration": numbered,
  "AWS::ApiGatewayV2::Stage": numbered,
  "AWS::Scheduler::ScheduleGroup": named("Name", (name) => arn("scheduler", `schedule-group/${name}`)),
  "AWS::Events::EventBus": {
    nameProperty: "Name",
    identity: (name) => ({ ref: name, attributes: { Name: name, Arn: arn("events", `event-bus/${name}`) } }),
  },
  "AWS::IAM::Role": named("RoleName", (name) => `arn:aws:iam::${accountId}:role/${name}`),
  "AWS::IAM::Policy": numbered,
  "AWS::SSM::Parameter": {
    nameProperty: "Name",
    identity: (name) => ({ ref: name, attributes: {} }),
  },
} as const satisfies Record<string, Kind>;

export type LivingType = keyof typeof kinds;

/** Types without a part in what the system does here: alarms never ring, logs are kept elsewhere. */
const inert: readonly RegExp[] = [
  /^AWS::Lambda::Permission$/,
  /^AWS::Logs::(LogGroup|MetricFilter)$/,
  /^AWS::CloudWatch::(Alarm|CompositeAlarm|Dashboard)$/,
  /^AWS::SNS::(Topic|TopicPolicy|Subscription)$/,
  /^AWS::SQS::QueuePolicy$/,
  /^AWS::KMS::(Key|Alias)$/,
  /^AWS::CDK::Metadata$/,
];

export function isLiving(type: string): type is LivingType {
  return type in kinds;
}

export function isInert(type: string): boolean {
  return inert.some((pattern) => pattern.test(type));
}

/**
 * Names a resource as CloudFormation would: the name that the template gives, or stack, logical id and a suffix.
 *
 * @throws Error for a type that the local cloud does not know.
 */
export function identify(
  { stackName, logicalId, type }: { stackName: string; logicalId: string; type: string },
  properties: Readonly<Record<string, unknown>>,
  addresses: Addresses,
): Identity {
  const kind: Kind | undefined = isLiving(type) ? kinds[type] : isInert(type) ? inertKind(type) : undefined;
  if (!kind) throw new Error(`Resources.${logicalId}: the local cloud does not know the type ${type}`);
  const given = kind.nameProperty === undefined ? undefined : properties[kind.nameProperty];
  const suffix = kind.suffix?.(properties) ?? "";
  const generated = `${stackName}-${logicalId}`.slice(0, (kind.longestName ?? 64) - 13 - suffix.length);
  const name = typeof given === "string" ? given : `${generated}-${unique(stackName, logicalId)}${suffix}`;
  return { name, ...kind.identity(name, addresses) };
}

function inertKind(type: string): Kind {
  const [, service = ""] = type.toLowerCase().split("::");
  return { identity: (name) => ({ ref: name, attributes: { Arn: arn(service, name) } }) };
}

/** CloudFormation's is random; ours is the same at every boot. */
function unique(stackName: string, logicalId: string): string {
  return createHash("sha256").update(`${stackName}/${logicalId}`).digest("hex").slice(0, 12).toUpperCase();
}
