import { describe, expect, it } from "vitest";
import { assemblyDirectory, resources, synthesize } from "./synthesis.ts";

const [template] = synthesize(assemblyDirectory(), { stage: "prod" });
if (!template) throw new Error("There is no template");

describe("what a deployment must not lose", () => {
  it("keeps its logical ids: a new id is a new, empty resource, and a new URL at the chat platform", () => {
    const types = [
      "AWS::DynamoDB::Table",
      "AWS::SQS::Queue",
      "AWS::Scheduler::ScheduleGroup",
      "AWS::SSM::Parameter",
      "AWS::Events::EventBus",
      "AWS::ApiGatewayV2::Api",
    ];

    const ids = Object.fromEntries(types.map((type) => [type, resources(template, type).map(({ id }) => id)]));

    expect(ids).toEqual({
      "AWS::DynamoDB::Table": ["ActorsTableE3403BC3"],
      "AWS::SQS::Queue": [
        "MailboxDeadLettersQueueA956DA3C",
        "MailboxQueue4E0AA783",
        "DelayedLaneDeadLettersQueue20ED35D6",
        "DelayedLaneQueue4E6328BB",
        "SchedulerLaneDeadLettersQueue29B18790",
        "JobsDeadLettersQueueB4A157F1",
        "JobsQueue24944186",
      ],
      "AWS::Scheduler::ScheduleGroup": ["SchedulerLaneGroup60241657"],
      "AWS::SSM::Parameter": ["ProductsProductIds8A717A5D", "DeploymentParameter4C0B3765"],
      "AWS::Events::EventBus": ["EventsD32975C2"],
      "AWS::ApiGatewayV2::Api": ["HttpApi4E1D4184"],
    });
  });

  it("keeps the table when the stack goes, restores it to any second, and forgets what has expired", () => {
    template.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
      Properties: {
        BillingMode: "PAY_PER_REQUEST",
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
        AttributeDefinitions: [
          { AttributeName: "pk", AttributeType: "S" },
          { AttributeName: "sk", AttributeType: "S" },
        ],
      },
    });
  });

  it("never writes the list of products again: any change here would reset what operators have put there", () => {
    const named = { Properties: { Name: "/throughline/prod/product-ids" } };
    expect(template.findResources("AWS::SSM::Parameter", named)).toEqual({
      ProductsProductIds8A717A5D: {
        Type: "AWS::SSM::Parameter",
        DeletionPolicy: "RetainExceptOnCreate",
        UpdateReplacePolicy: "Retain",
        Properties: {
          Name: "/throughline/prod/product-ids",
          Type: "String",
          Value: "(none)",
          Description: "Ids of the products, separated by commas",
        },
      },
    });
  });
});
