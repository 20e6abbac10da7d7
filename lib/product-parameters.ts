import { RemovalPolicy, Stack } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import { OperatorAlarm } from "./operator-alarm.ts";
import { throughlineMetric } from "./throughline-metric.ts";
import { grantWithWildcard } from "./wildcard-grant.ts";

export interface ProductParametersProps {
  readonly stage: string;
}

/** A secret's name below the path of its product. */
export type ProductSecret =
  | "ingest/secret"
  | "intercom/access-token"
  | "intercom/client-secret"
  | "intercom/identity-secret"
  | "knowledge-base/token"
  | "language/api-key"
  | "operator/key"
  | "push/secret"
  | "sources/fullstory-token"
  | "sources/posthog-secret"
  | "stream/secret";

/** What operators configure under `/throughline/<stage>`: the list of products, and for each its document and secrets. */
export class ProductParameters extends Construct {
  /** For example `/throughline/prod`. */
  readonly prefix: string;

  constructor(scope: Construct, id: string, props: ProductParametersProps) {
    super(scope, id);
    this.prefix = `/throughline/${props.stage}`;
    // CloudFormation writes a parameter's value again whenever any property of it changes in the template, and would so
    // forget what operators have put there. Nothing below may change after the first deployment (a test pins it), and
    // no tag reaches it. "(none)" is no product id: SSM refuses an empty value.
    const productIds = new StringParameter(this, "ProductIds", {
      parameterName: `${this.prefix}/product-ids`,
      stringValue: "(none)",
      description: "Ids of the products, separated by commas",
    });
    productIds.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    // Every function reads the documents, and the worker sees those of all products that have traffic.
    new OperatorAlarm(this, "ConfigurationRejected", {
      says: "A product's configuration document is missing or wrong: the last good one is used, or its messages wait.",
      runbook: "a-configuration-is-rejected",
      metric: throughlineMetric("configuration.rejected", { stage: props.stage, service: "actor-worker" }),
      threshold: 1,
    });
  }

  /** Read the list of products, any product's document, and these secrets of it. */
  grantRead(grantee: LambdaFunction, ...secrets: readonly ProductSecret[]): void {
    const stack = Stack.of(this);
    const parameterArn = (name: string) =>
      stack.formatArn({ service: "ssm", resource: `parameter${this.prefix}`, resourceName: name });
    const secretArns = secrets.map((secret) => parameterArn(`products/*/${secret}`));
    grantWithWildcard(grantee, {
      actions: ["ssm:GetParameters"],
      resources: [parameterArn("product-ids"), parameterArn("products/*/config"), ...secretArns],
      reason: "The star stands for the product: products come and go without a deployment.",
    });
    // A condition without values would hold for nothing, and IAM refuses it.
    if (secretArns.length === 0) return;
    grantWithWildcard(grantee, {
      actions: ["kms:Decrypt"],
      resources: [stack.formatArn({ service: "kms", resource: "key", resourceName: "*" })],
      conditions: {
        StringEquals: { "kms:ViaService": `ssm.${stack.region}.amazonaws.com` },
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/aws/ssm" },
        StringLike: { "kms:EncryptionContext:PARAMETER_ARN": secretArns },
      },
      reason:
        "The key's id differs from account to account. The conditions narrow it to the account's own key for SSM " +
        "(alias/aws/ssm) and to the secrets that are granted above.",
    });
  }
}
