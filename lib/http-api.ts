import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpApi as Api, type HttpMethod, HttpStage, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { OperatorAlarm } from "./operator-alarm.ts";

/** No path, query, header or address of a caller: any of them may hold a secret or a person. */
const accessLogLine = AccessLogFormat.custom(
  JSON.stringify({
    requestId: "$context.requestId",
    requestTime: "$context.requestTime",
    routeKey: "$context.routeKey",
    status: "$context.status",
    responseLatency: "$context.responseLatency",
    integrationLatency: "$context.integrationLatency",
    integrationError: "$context.integrationErrorMessage",
  }),
);

/** The public HTTP API. Its routes are named one by one: a path of no route costs no invocation. */
export class HttpApi extends Construct {
  /** Ends with a slash. */
  readonly url: string;
  readonly api: Api;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new Api(this, "Api", {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
    });
    Validations.of(this.api).acknowledge({
      id: "AwsSolutions-APIG4",
      reason:
        "Callers prove themselves by a signature over the exact body, which an authorizer does not get to see; what a page " +
        "says of its session is worth what the session makes of it (docs/adr/0016).",
    });
    const stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      // Requests a second. Beyond it callers get 429 from the gateway, before anything is paid for.
      throttle: { rateLimit: 1_000, burstLimit: 2_000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, "AccessLog", { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }),
        ),
        format: accessLogLine,
      },
    });
    this.url = stage.url;
    new OperatorAlarm(this, "ServerErrors", {
      says: "The HTTP API answers 5xx: senders are asked to come again, and what they do not send again is missing.",
      runbook: "the-http-api-answers-5xx",
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: Stats.SUM }),
      threshold: 1,
      periods: 2,
    });
  }

  /** @param path as API Gateway writes it: `/actions/{product_id}`. */
  route(methods: readonly HttpMethod[], path: string, handler: LambdaFunction): void {
    const integration = new HttpLambdaIntegration(`${handler.node.id}Integration`, handler);
    this.api.addRoutes({ path, methods: [...methods], integration });
  }
}
