import { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import type { CheckedLanguage } from "./language.ts";
import { OperatorAlarm } from "./operator-alarm.ts";
import { type Service, throughlineMetric } from "./throughline-metric.ts";
import { grantWithWildcard } from "./wildcard-grant.ts";

export interface LanguageModelProps {
  readonly stage: string;
  readonly language: CheckedLanguage;
}

/** `eu.amazon.nova-2-lite-v1:0`: where a profile routes to, before the model. No provider's name has two letters. */
const profileId = /^(?:global|apac|us-gov|[a-z]{2})\.(.+)$/;

/** Which language model the functions ask by default, and what of Amazon Bedrock they may use. */
export class LanguageModel extends Construct {
  /** What a function is told of it. */
  readonly environment: Readonly<Record<string, string>>;
  private readonly language: CheckedLanguage;
  private readonly stage: string;

  constructor(scope: Construct, id: string, { stage, language }: LanguageModelProps) {
    super(scope, id);
    this.stage = stage;
    this.language = language;
    this.environment = {
      [variable.languageProvider]: language.provider,
      // Named whatever the provider is: a product that asks for it without a grant is refused, and an alarm says so.
      [variable.bedrockModelId]: language.bedrockModelId,
    };
  }

  /** May ask the one model, where it is Bedrock's, and the knowledge bases; rings when the model refuses. */
  grantAsk(grantee: LambdaFunction, service: Service): void {
    if (this.language.provider === "bedrock") this.grantInvoke(grantee);
    this.grantRetrieve(grantee);
    new OperatorAlarm(this, `Refuses-${service}`, {
      says: `A language model refuses the function ${service}, or the product's key (401, 403): nothing is summarised or answered.`,
      runbook: "a-language-model-refuses",
      metric: throughlineMetric("model.unauthorized", { stage: this.stage, service }),
      threshold: 1,
    });
  }

  /**
   * Converse is authorised as InvokeModel. An inference profile needs a grant for itself, and one for its model wherever
   * it may route to; of a global profile that is also an ARN without a region, which the star stands for too (Bedrock
   * user guide, geographic and global cross-Region inference).
   */
  private grantInvoke(grantee: LambdaFunction): void {
    const stack = Stack.of(this);
    const actions = ["bedrock:InvokeModel"];
    const { bedrockModelId: id } = this.language;
    const modelArn = (region: string, resourceName: string) =>
      stack.formatArn({ service: "bedrock", region, account: "", resource: "foundation-model", resourceName });
    const routed = profileId.exec(id)?.[1];
    if (routed === undefined) {
      grantee.addToRolePolicy(new PolicyStatement({ actions, resources: [modelArn(stack.region, id)] }));
      return;
    }
    const profileArn = stack.formatArn({ service: "bedrock", resource: "inference-profile", resourceName: id });
    grantee.addToRolePolicy(new PolicyStatement({ actions, resources: [profileArn] }));
    grantWithWildcard(grantee, {
      actions,
      resources: [modelArn("*", routed)],
      conditions: { StringEquals: { "bedrock:InferenceProfileArn": profileArn } },
      reason: "The star stands for the regions that AWS routes the profile to. It is one model, by this profile only.",
    });
  }

  private grantRetrieve(grantee: LambdaFunction): void {
    const { knowledgeBaseIds } = this.language;
    if (knowledgeBaseIds.length === 0) return;
    const arnOf = (resourceName: string) =>
      Stack.of(this).formatArn({ service: "bedrock", resource: "knowledge-base", resourceName });
    grantee.addToRolePolicy(
      new PolicyStatement({ actions: ["bedrock:Retrieve"], resources: knowledgeBaseIds.map(arnOf) }),
    );
  }
}
