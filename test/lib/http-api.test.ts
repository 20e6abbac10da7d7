import { describe, expect, it } from "vitest";
import { assemblyDirectory, flat, resources, synthesize, withoutHash } from "./synthesis.ts";

const [template] = synthesize(assemblyDirectory(), { stage: "prod", concurrency: { streams: 50 } });
if (!template) throw new Error("There is no template");

describe("the HTTP API", () => {
  it("has these routes, each with its function", () => {
    const integrations = new Map(
      resources(template, "AWS::ApiGatewayV2::Integration").map(({ id, properties }) => [withoutHash(id), properties]),
    );
    const routes = resources(template, "AWS::ApiGatewayV2::Route").map(({ properties }) => {
      const integration = integrations.get(flat(properties.Target).replace(/^integrations\/<(.*)>$/, "$1"));
      return [properties.RouteKey, flat(integration?.IntegrationUri), integration?.PayloadFormatVersion];
    });

    expect(routes).toEqual([
      ["POST /actions/{product_id}", "<ActionsReceiverFunction.Arn>", "2.0"],
      ["POST /chatbot-webhook/{product_id}", "<ChatWebhookReceiverFunction.Arn>", "2.0"],
      ["HEAD /chatbot-webhook/{product_id}", "<ChatWebhookReceiverFunction.Arn>", "2.0"],
      ["POST /sessions/link", "<PageReportsReceiverFunction.Arn>", "2.0"],
      ["OPTIONS /sessions/link", "<PageReportsReceiverFunction.Arn>", "2.0"],
      ["POST /tours/progress", "<PageReportsReceiverFunction.Arn>", "2.0"],
      ["OPTIONS /tours/progress", "<PageReportsReceiverFunction.Arn>", "2.0"],
      ["POST /webhook/{product_id}", "<SourcesReceiverFunction.Arn>", "2.0"],
      ["POST /i/v0/{rest+}", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["OPTIONS /i/v0/{rest+}", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["POST /e", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["OPTIONS /e", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["POST /e/{rest+}", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["OPTIONS /e/{rest+}", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["POST /batch", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["OPTIONS /batch", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["POST /batch/{rest+}", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["OPTIONS /batch/{rest+}", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["POST /flags", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["OPTIONS /flags", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["POST /flags/{rest+}", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["OPTIONS /flags/{rest+}", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["POST /decide", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["OPTIONS /decide", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["POST /decide/{rest+}", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["OPTIONS /decide/{rest+}", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["GET /array/{project_key}/{document}", "<BrowserEventsReceiverFunction.Arn>", "2.0"],
      ["GET /healthz", "<HealthFunction.Arn>", "2.0"],
      ["POST /products", "<AdministrationAddProductFunction.Arn>", "2.0"],
      ["POST /intercom/proactive/{product_id}", "<LabelsSuggestLabelsFunction.Arn>", "2.0"],
      ["GET /context/{product_id}/{user_id}", "<ContextReadContextFunction.Arn>", "2.0"],
      ["GET /reply/{product_id}/{user_id}", "<ContextReadContextFunction.Arn>", "2.0"],
      ["POST /admin/reset/{product_id}/{user_id}", "<ContextReadContextFunction.Arn>", "2.0"],
      ["POST /sessions/token", "<StreamsTokenFunction.Arn>", "2.0"],
      ["OPTIONS /sessions/token", "<StreamsTokenFunction.Arn>", "2.0"],
    ]);
  });

  it("throttles before anything is invoked", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
      StageName: "$default",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 1_000, ThrottlingBurstLimit: 2_000 },
    });
  });

  it("logs which route was asked and how it went, and nothing that a caller chose", () => {
    const lines = resources(template, "AWS::ApiGatewayV2::Stage").map(({ properties }) => {
      const { Format } = properties.AccessLogSettings as { Format: string };
      return Object.values(JSON.parse(Format)).sort();
    });

    expect(lines[0]).toEqual([
      "$context.integrationErrorMessage",
      "$context.integrationLatency",
      "$context.requestId",
      "$context.requestTime",
      "$context.responseLatency",
      "$context.routeKey",
      "$context.status",
    ]);
  });

  it("tells its address", () => {
    template.hasOutput("ApiUrl", {});
    expect(flat(template.findOutputs("ApiUrl").ApiUrl?.Value)).toBe(
      "https://<HttpApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>/",
    );
  });
});

describe("the address at which pages listen", () => {
  it("is a function URL that streams, open to whoever has a token, and the stack tells it", () => {
    const [url] = resources(template, "AWS::Lambda::Url").map(({ properties }) => properties);
    expect(url).toMatchObject({ AuthType: "NONE", InvokeMode: "RESPONSE_STREAM" });
    expect(flat(url?.TargetFunctionArn)).toBe("<StreamsStreamFunction.Arn>");
    expect(flat(template.findOutputs("StreamUrl").StreamUrl?.Value)).toBe(
      "<StreamsStreamFunctionFunctionUrl.FunctionUrl>",
    );
  });

  it("may be asked by anybody, as Lambda wants it said: twice, and each time through the address alone", () => {
    const open = resources(template, "AWS::Lambda::Permission")
      .map(({ properties }) => properties)
      .filter(({ Principal }) => Principal === "*");
    expect(open).toMatchObject([
      { Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE" },
      { Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true },
    ]);
  });
});
