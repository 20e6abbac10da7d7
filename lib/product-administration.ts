import { Stack } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import { FunctionAlarms } from "./function-alarms.ts";
import { ThroughlineFunction } from "./throughline-function.ts";
import { grantWithWildcard } from "./wildcard-grant.ts";

export interface ProductAdministrationProps {
  readonly stage: string;
  /** For example `/throughline/prod`. */
  readonly parameterPrefix: string;
  readonly configurationTtlS: number;
}

/** What the function writes into the secrets of a product. */
const secrets = [
  "intercom/access-token",
  "intercom/client-secret",
  "ingest/secret",
  "operator/key",
  "push/secret",
  "stream/secret",
] as const;

/** The function behind `POST /products`: adds a product as the command line does, for the holder of the operator key. */
export class ProductAdministration extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ProductAdministrationProps) {
    super(scope, id);
    this.function = new ThroughlineFunction(this, "AddProduct", {
      handler: "add-product",
      description: "Adds a product for the holder of the operator key",
      timeoutS: 29,
      environment: {
        [variable.stage]: props.stage,
        [variable.parameterPrefix]: props.parameterPrefix,
        [variable.configurationTtl]: String(props.configurationTtlS),
      },
    }).function;
    this.grantAdd(props.parameterPrefix);
    new FunctionAlarms(this, "Alarms", { function: this.function, who: "The function that adds products" });
  }

  /**
   * It opens one secret, the operator key. Of a product's secrets it may find out whether they exist, and write them; it
   * cannot read one.
   */
  private grantAdd(prefix: string): void {
    const stack = Stack.of(this);
    const parameterArn = (name: string) =>
      stack.formatArn({ service: "ssm", resource: `parameter${prefix}`, resourceName: name });
    const ofProducts = secrets.map((secret) => parameterArn(`products/*/${secret}`));
    const documents = [parameterArn("product-ids"), parameterArn("products/*/config")];
    const reason = "The star stands for the product: products come and go without a deployment.";
    grantWithWildcard(this.function, {
      actions: ["ssm:GetParameters"],
      resources: [
        ...documents,
        parameterArn("operator/key"),
        parameterArn("products/*/ingest/secret"),
        parameterArn("products/*/operator/key"),
        parameterArn("products/*/push/secret"),
        parameterArn("products/*/stream/secret"),
      ],
      reason,
    });
    grantWithWildcard(this.function, {
      actions: ["ssm:PutParameter"],
      resources: [...documents, ...ofProducts],
      reason,
    });
    for (const [action, opens] of [
      ["kms:Decrypt", [parameterArn("operator/key")]],
      ["kms:Encrypt", ofProducts],
    ] as const) {
      grantWithWildcard(this.function, {
        actions: [action],
        resources: [stack.formatArn({ service: "kms", resource: "key", resourceName: "*" })],
        conditions: {
          StringEquals: { "kms:ViaService": `ssm.${stack.region}.amazonaws.com` },
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/aws/ssm" },
          StringLike: { "kms:EncryptionContext:PARAMETER_ARN": opens },
        },
        reason:
          "The key's id differs from account to account. The conditions narrow it to the account's own key for SSM " +
          "(alias/aws/ssm) and to the parameters that are granted above.",
      });
    }
  }
}
