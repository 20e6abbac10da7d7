import { describe, expect, it } from "vitest";
import { assemblyDirectory, flat, resources, synthesize, withoutHash } from "./synthesis.ts";

const [template] = synthesize(assemblyDirectory(), { stage: "prod", concurrency: { pushers: 2, streams: 50 } });
if (!template) throw new Error("There is no template");

const functions = new Map(
  resources(template, "AWS::Lambda::Function").map(({ id, properties }) => [withoutHash(id), properties]),
);

describe("every function", () => {
  it("runs on Node 24, arm64, with a log of its own that forgets after a month", () => {
    expect([...functions.keys()]).toEqual([
      "DelayedLaneRelayFunction",
      "ActorWorkerFunction",
      "LanguageWorkerFunction",
      "PushDeliveryWorkerFunction",
      "ActionsReceiverFunction",
      "ChatWebhookReceiverFunction",
      "PageReportsReceiverFunction",
      "SourcesReceiverFunction",
      "BrowserEventsReceiverFunction",
      "HealthFunction",
      "AdministrationAddProductFunction",
      "LabelsSuggestLabelsFunction",
      "ContextReadContextFunction",
      "StreamsStreamFunction",
      "StreamsTokenFunction",
    ]);
    const logs = resources(template, "AWS::Logs::LogGroup").map(({ id }) => `<${withoutHash(id)}>`);
    const used = [...functions.values()].map(({ LoggingConfig }) => {
      return flat((LoggingConfig as { LogGroup: unknown }).LogGroup);
    });
    expect(new Set(used).size).toBe(functions.size);
    expect(logs).toEqual(expect.arrayContaining(used));
    for (const properties of functions.values()) {
      expect(properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"], Handler: "index.handler" });
    }
    template.allResources("AWS::Logs::LogGroup", {
      DeletionPolicy: "Delete",
      Properties: { RetentionInDays: 30 },
    });
  });

  it("stands in no network, and reserves no concurrency but for pages that listen", () => {
    for (const [id, properties] of functions) {
      expect(properties.ReservedConcurrentExecutions).toBe(id === "StreamsStreamFunction" ? 50 : undefined);
      expect(properties).not.toHaveProperty("VpcConfig");
    }
  });

  it("reserves none, and has no front for pages that listen, where nobody asked for it: an account of ten could not give it", () => {
    const [plain] = synthesize(assemblyDirectory(), { stage: "prod" });
    if (!plain) throw new Error("There is no template");
    expect(JSON.stringify(plain.toJSON())).not.toContain("ReservedConcurrentExecutions");
    plain.resourceCountIs("AWS::Lambda::Url", 0);
    expect(resources(plain, "AWS::ApiGatewayV2::Route").map(({ properties }) => properties.RouteKey)).not.toContain(
      "POST /sessions/token",
    );
  });

  it.each([-1, 1.5])("given %d streams, then the synthesis fails and says why", (streams) => {
    expect(() => synthesize(assemblyDirectory(), { stage: "prod", concurrency: { streams } })).toThrow(
      `The number of streams must be a whole number from 0; received ${streams}`,
    );
  });

  it("is told where things are, and nothing else", () => {
    const environments = Object.fromEntries(
      [...functions].map(([id, { Environment }]) => {
        const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, unknown> };
        return [id, Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, flat(value)]))];
      }),
    );
    const shared = { THROUGHLINE_STAGE: "prod", PARAMETER_PREFIX: "/throughline/prod", CONFIGURATION_TTL_S: "60" };

    const asking = {
      ...shared,
      TABLE_NAME: "<ActorsTable>",
      ACTORS_QUEUE_URL: "<MailboxQueue>",
      LANGUAGE_PROVIDER: "bedrock",
      BEDROCK_MODEL_ID: "global.amazon.nova-2-lite-v1:0",
    };

    expect(environments).toEqual({
      DelayedLaneRelayFunction: { THROUGHLINE_STAGE: "prod", ACTORS_QUEUE_URL: "<MailboxQueue>" },
      ActorWorkerFunction: {
        ...shared,
        TABLE_NAME: "<ActorsTable>",
        ACTORS_QUEUE_URL: "<MailboxQueue>",
        ACTORS_QUEUE_ARN: "<MailboxQueue.Arn>",
        ACTORS_DLQ_URL: "<MailboxDeadLettersQueue>",
        JOBS_QUEUE_URL: "<JobsQueue>",
        PUSHES_QUEUE_URL: "<PushesQueue>",
        PRODUCT_FEEDS: "on",
        DEADLINES_QUEUE_URL: "<DelayedLaneQueue>",
        SCHEDULE_GROUP: expect.stringMatching(/^Throughlineprod-SchedulerLane-Group-/),
        SCHEDULER_ROLE_ARN: "<SchedulerLaneRole.Arn>",
        SCHEDULER_DLQ_ARN: "<SchedulerLaneDeadLettersQueue.Arn>",
        EVENT_BUS_NAME: "<Events>",
      },
      ActionsReceiverFunction: { ...shared, ACTORS_QUEUE_URL: "<MailboxQueue>" },
      ChatWebhookReceiverFunction: { ...shared, ACTORS_QUEUE_URL: "<MailboxQueue>" },
      PageReportsReceiverFunction: { ...shared, ACTORS_QUEUE_URL: "<MailboxQueue>" },
      SourcesReceiverFunction: { ...shared, ACTORS_QUEUE_URL: "<MailboxQueue>" },
      BrowserEventsReceiverFunction: { ...shared, ACTORS_QUEUE_URL: "<MailboxQueue>" },
      HealthFunction: {},
      AdministrationAddProductFunction: shared,
      LabelsSuggestLabelsFunction: { ...shared, TABLE_NAME: "<ActorsTable>" },
      LanguageWorkerFunction: { ...asking, JOBS_QUEUE_URL: "<JobsQueue>" },
      PushDeliveryWorkerFunction: {
        ...shared,
        PUSHES_QUEUE_URL: "<PushesQueue>",
        PUSHES_DLQ_URL: "<PushesDeadLettersQueue>",
      },
      StreamsStreamFunction: { ...shared, TABLE_NAME: "<ActorsTable>", ACTORS_QUEUE_URL: "<MailboxQueue>" },
      StreamsTokenFunction: {
        ...shared,
        TABLE_NAME: "<ActorsTable>",
        STREAM_URL: "<StreamsStreamFunctionFunctionUrl.FunctionUrl>",
      },
      ContextReadContextFunction: asking,
    });
  });

  it("that an alarm goes round through is exempt from Lambda's loop detection, and no other", () => {
    const exempt = [...functions].filter(([, properties]) => properties.RecursiveLoop === "Allow").map(([id]) => id);
    expect(exempt).toEqual(["DelayedLaneRelayFunction", "ActorWorkerFunction", "LanguageWorkerFunction"]);
  });
});
