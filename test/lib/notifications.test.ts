import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { assemblyDirectory, flat, resources, synthesize } from "./synthesis.ts";

const [template] = synthesize(assemblyDirectory(), { stage: "prod" });
if (!template) throw new Error("There is no template");

type Statement = { readonly Effect: string; readonly Action: unknown; readonly Principal: unknown };

describe("the notification topic", () => {
  it("is encrypted by a key of its own that CloudWatch may use, and that changes every year", () => {
    expect(resources(template, "AWS::SNS::Topic").map(({ properties }) => flat(properties.KmsMasterKeyId))).toEqual([
      "<NotificationsKey.Arn>",
    ]);
    template.hasResourceProperties("AWS::KMS::Key", {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          {
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: "*",
          },
        ]),
      },
    });
  });

  it("takes messages over TLS only, and of this account's alarms only", () => {
    const statements = resources(template, "AWS::SNS::TopicPolicy").flatMap(({ properties }) => {
      return (properties.PolicyDocument as { Statement: readonly Statement[] }).Statement;
    });
    expect(statements).toEqual([
      expect.objectContaining({
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
      expect.objectContaining({
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
      }),
    ]);
  });

  it("is mailed to the address of the deployment's parameter, and to nobody when that is empty", () => {
    template.hasParameter("NotificationEmail", { Type: "String", Default: "" });
    const [[condition] = []] = Object.entries(
      template.findConditions("*", { "Fn::Not": [{ "Fn::Equals": [{ Ref: "NotificationEmail" }, ""] }] }),
    );
    template.hasResource("AWS::SNS::Subscription", {
      Condition: condition,
      Properties: { Protocol: "email", Endpoint: { Ref: "NotificationEmail" } },
    });
  });

  it.each([
    ["", true],
    ["ops@example.com", true],
    ["ops", false],
    ["ops@example.com, boss@example.com", false],
  ])("given the address %j, then the parameter accepts it: %s", (address, accepted) => {
    const { AllowedPattern } = template.findParameters("NotificationEmail").NotificationEmail as {
      AllowedPattern: string;
    };
    expect(new RegExp(`^(?:${AllowedPattern})$`).test(address)).toBe(accepted);
  });
});
