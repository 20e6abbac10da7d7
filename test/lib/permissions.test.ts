import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { claimKey, guardKey } from "../../lambdas/domain/actor/keys.ts";
import type { Language } from "../../lib/language.ts";
import { assemblyDirectory, flat, resources, synthesize, withoutHash } from "./synthesis.ts";

const [template] = synthesize(assemblyDirectory(), { stage: "prod", concurrency: { pushers: 2, streams: 50 } });
if (!template) throw new Error("There is no template");

type Statement = {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
};

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** Every role's grants, one a line: the action and the resource; with a star where there are conditions. */
const grantLines = (of: Template) =>
  Object.fromEntries(
    resources(of, "AWS::IAM::Policy").map(({ properties }) => {
      const [role] = properties.Roles as unknown[];
      const { Statement: statements } = properties.PolicyDocument as { Statement: Statement[] };
      const lines = statements.flatMap(({ Effect, Action, Resource, Condition }) =>
        list(Action).flatMap((action) =>
          list(Resource).map((resource) => `${Effect} ${action} ${flat(resource)}${Condition ? " if" : ""}`),
        ),
      );
      return [flat(role), lines.sort()];
    }),
  );
const grants = grantLines(template);

const ssm = (name: string) =>
  `Allow ssm:GetParameters arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/throughline/prod/${name}`;
const put = (name: string) => ssm(name).replace("ssm:GetParameters", "ssm:PutParameter");
const kms = (action: string) => `Allow kms:${action} arn:<AWS::Partition>:kms:<AWS::Region>:<AWS::AccountId>:key/* if`;
const parameters = (...secrets: readonly string[]) => [
  kms("Decrypt"),
  ssm("product-ids"),
  ssm("products/*/config"),
  ...secrets.map((secret) => ssm(`products/*/${secret}`)),
];
const log = (id: string) => [`Allow logs:CreateLogStream <${id}.Arn>`, `Allow logs:PutLogEvents <${id}.Arn>`];
const consume = (queue: string) =>
  ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"].map(
    (action) => `Allow sqs:${action} <${queue}.Arn>`,
  );
const readTable = ["Allow dynamodb:GetItem <ActorsTable.Arn>", "Allow dynamodb:Query <ActorsTable.Arn>"];
const bedrock = (place: string) => `Allow bedrock:InvokeModel arn:<AWS::Partition>:bedrock:${place}`;
const askModel = [
  bedrock("<AWS::Region>:<AWS::AccountId>:inference-profile/global.amazon.nova-2-lite-v1:0"),
  `${bedrock("*::foundation-model/amazon.nova-2-lite-v1:0")} if`,
];
const send = (queue: string) => `Allow sqs:SendMessage <${queue}.Arn>`;

describe("what each role may do", () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    "<ActionsReceiverRole>": [...log("ActionsReceiverLog"), send("MailboxQueue"), ...parameters("ingest/secret")],
    "<ChatWebhookReceiverRole>": [
      ...log("ChatWebhookReceiverLog"),
      send("MailboxQueue"),
      ...parameters("intercom/client-secret"),
    ],
    "<PageReportsReceiverRole>": [
      ...log("PageReportsReceiverLog"),
      send("MailboxQueue"),
      ...parameters("intercom/identity-secret"),
    ],
    "<SourcesReceiverRole>": [
      ...log("SourcesReceiverLog"),
      send("MailboxQueue"),
      ...parameters("sources/posthog-secret"),
      ssm("products/*/sources/fullstory-token"),
    ],
    "<BrowserEventsReceiverRole>": [
      ...log("BrowserEventsReceiverLog"),
      send("MailboxQueue"),
      ssm("product-ids"),
      ssm("products/*/config"),
    ],
    "<HealthRole>": log("HealthLog"),
    "<AdministrationAddProductRole>": [
      ...log("AdministrationAddProductLog"),
      kms("Decrypt"),
      kms("Encrypt"),
      ...[
        "operator/key",
        "product-ids",
        "products/*/config",
        "products/*/ingest/secret",
        "products/*/operator/key",
        "products/*/push/secret",
        "products/*/stream/secret",
      ].map(ssm),
      ...[
        "product-ids",
        "products/*/config",
        "products/*/ingest/secret",
        "products/*/operator/key",
        "products/*/push/secret",
        "products/*/stream/secret",
        "products/*/intercom/access-token",
        "products/*/intercom/client-secret",
      ].map(put),
    ],
    "<LabelsSuggestLabelsRole>": [...log("LabelsSuggestLabelsLog"), ...readTable, ...parameters("operator/key")],
    "<StreamsTokenRole>": [
      ...log("StreamsTokenLog"),
      "Allow dynamodb:GetItem <ActorsTable.Arn>",
      ...parameters("intercom/identity-secret", "stream/secret"),
    ],
    "<StreamsStreamRole>": [
      ...log("StreamsStreamLog"),
      send("MailboxQueue"),
      ...readTable,
      "Allow dynamodb:PutItem <ActorsTable.Arn> if",
      "Allow dynamodb:UpdateItem <ActorsTable.Arn> if",
      ...parameters("stream/secret", "operator/key"),
    ],
    "<LanguageWorkerRole>": [
      ...log("LanguageWorkerLog"),
      ...consume("JobsQueue"),
      send("MailboxQueue"),
      "Allow dynamodb:Query <ActorsTable.Arn>",
      "Allow dynamodb:GetItem <ActorsTable.Arn> if",
      "Allow dynamodb:PutItem <ActorsTable.Arn> if",
      "Allow dynamodb:PutItem <ActorsTable.Arn> if",
      ...askModel,
      ...parameters("intercom/access-token", "language/api-key", "knowledge-base/token"),
    ],
    "<PushDeliveryWorkerRole>": [
      ...log("PushDeliveryWorkerLog"),
      ...consume("PushesQueue"),
      send("PushesDeadLettersQueue"),
      ...parameters("push/secret"),
    ],
    "<ContextReadContextRole>": [
      ...log("ContextReadContextLog"),
      send("MailboxQueue"),
      ...readTable,
      ...askModel,
      ...parameters("operator/key", "language/api-key", "knowledge-base/token"),
    ],
    "<DelayedLaneRelayRole>": [...log("DelayedLaneRelayLog"), ...consume("DelayedLaneQueue"), send("MailboxQueue")],
    "<SchedulerLaneRole>": [send("MailboxQueue"), send("SchedulerLaneDeadLettersQueue")],
    "<ActorWorkerRole>": [
      ...log("ActorWorkerLog"),
      ...consume("MailboxQueue"),
      send("MailboxQueue"),
      send("MailboxDeadLettersQueue"),
      send("DelayedLaneQueue"),
      send("JobsQueue"),
      send("PushesQueue"),
      "Allow dynamodb:GetItem <ActorsTable.Arn>",
      "Allow dynamodb:PutItem <ActorsTable.Arn>",
      "Allow dynamodb:Query <ActorsTable.Arn>",
      "Allow dynamodb:UpdateItem <ActorsTable.Arn>",
      "Allow events:PutEvents <Events.Arn>",
      "Allow iam:PassRole <SchedulerLaneRole.Arn> if",
      expect.stringMatching(
        /^Allow scheduler:CreateSchedule arn:.*:schedule\/Throughlineprod-SchedulerLane-Group-\w+\/\*$/,
      ),
      ...parameters("intercom/access-token"),
    ],
  };

  it.each(Object.keys(expected))("%s: this and nothing else", (role) => {
    expect(grants[role]).toHaveLength(expected[role]?.length ?? 0);
    expect(grants[role]).toEqual(expect.arrayContaining([...(expected[role] ?? [])]));
  });

  it("is listed for every role, and no role has a managed policy", () => {
    const roles = resources(template, "AWS::IAM::Role");
    expect(roles.map(({ id }) => `<${withoutHash(id)}>`).sort()).toEqual(Object.keys(expected).sort());
    for (const { properties } of roles) expect(properties).not.toHaveProperty("ManagedPolicyArns");
  });
});

/** What of Bedrock the language worker may use when the stack is deployed like this, without the conditions. */
function bedrockGrants(language: Language): readonly string[] {
  const [deployed] = synthesize(assemblyDirectory(), { stage: "prod", language });
  if (!deployed) throw new Error("There is no template");
  return grantLines(deployed)["<LanguageWorkerRole>"]?.filter((line) => line.includes("bedrock")) ?? [];
}

describe("of Amazon Bedrock", () => {
  it.each([
    [
      "a model of the region: that one alone",
      { bedrockModelId: "amazon.nova-lite-v1:0" },
      [bedrock("<AWS::Region>::foundation-model/amazon.nova-lite-v1:0")],
    ],
    [
      "a profile of a geography: it, and its model wherever it routes to",
      { bedrockModelId: "eu.amazon.nova-lite-v1:0" },
      [
        `${bedrock("*::foundation-model/amazon.nova-lite-v1:0")} if`,
        bedrock("<AWS::Region>:<AWS::AccountId>:inference-profile/eu.amazon.nova-lite-v1:0"),
      ],
    ],
    ["another provider: nothing", { provider: "openai" }, []],
    ["no model: nothing", { provider: "extractive" }, []],
    [
      "knowledge bases: those, whoever writes",
      { provider: "extractive", knowledgeBaseIds: ["ABCDE12345", "FGHIJ67890"] },
      ["ABCDE12345", "FGHIJ67890"].map((id) =>
        bedrock(`<AWS::Region>:<AWS::AccountId>:knowledge-base/${id}`).replace("InvokeModel", "Retrieve"),
      ),
    ],
  ])("may be used, given %s", (_, language, granted) => {
    expect(bedrockGrants(language)).toEqual([...granted]);
  });

  it.each([
    ["a provider that nobody knows", { provider: "bedrok" }, 'must be bedrock, openai, extractive; received "bedrok"'],
    ["a model's name in place of its id", { bedrockModelId: "Nova Lite" }, 'received "Nova Lite"'],
    ["an id that would be a pattern", { bedrockModelId: "amazon.*" }, 'received "amazon.*"'],
    ["a knowledge base's name", { knowledgeBaseIds: ["handbook"] }, 'ten letters and digits; received "handbook"'],
  ])("given %s, then the synthesis fails and says why", (_, language, problem) => {
    expect(() => bedrockGrants(language)).toThrow(problem);
  });
});

describe("conditions", () => {
  const policies = JSON.stringify(template.findResources("AWS::IAM::Policy"));

  it("let secrets be opened through SSM alone, by the account's own key for it", () => {
    expect(policies).toContain('"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/aws/ssm"}');
    expect(policies).toContain('"kms:ViaService":{"Fn::Join":["",["ssm.",{"Ref":"AWS::Region"},".amazonaws.com"]]}');
  });

  it("let a model be asked through its profile alone, and claims and pauses be put alone", () => {
    expect(policies).toMatch(/"StringEquals":\{"bedrock:InferenceProfileArn":\{"Fn::Join":[^}]*"arn:"/);
    expect(policies).toContain('"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["C#*"]}');
    expect(policies).toContain('"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["G#*"]}');
    expect(claimKey({ productId: "acme", conversationId: "1", messageId: "2" })).toMatch(/^C#/);
    expect(guardKey("acme")).toMatch(/^G#/);
  });

  it("let the scheduler's role be passed to EventBridge Scheduler alone, and taken on for schedules of its group alone", () => {
    expect(policies).toContain('"Condition":{"StringEquals":{"iam:PassedToService":"scheduler.amazonaws.com"}}');
    template.hasResourceProperties("AWS::IAM::Role", {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: "sts:AssumeRole",
            Principal: { Service: "scheduler.amazonaws.com" },
            Condition: {
              StringEquals: {
                "aws:SourceAccount": { Ref: "AWS::AccountId" },
                "aws:SourceArn": { "Fn::GetAtt": ["SchedulerLaneGroup60241657", "Arn"] },
              },
            },
          },
        ],
      },
    });
  });
});
