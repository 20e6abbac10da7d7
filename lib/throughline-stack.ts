import { CfnOutput, Stack, type StackProps, Tags, Validations } from "aws-cdk-lib";
import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { EventBus } from "aws-cdk-lib/aws-events";
import type { Construct } from "constructs";
import { ActorMailbox } from "./actor-mailbox.ts";
import { ActorTable } from "./actor-table.ts";
import { ActorWorker } from "./actor-worker.ts";
import { type Concurrency, concurrencyOf } from "./concurrency.ts";
import { ContextApi } from "./context-api.ts";
import { DelayedLane } from "./delayed-lane.ts";
import { DeploymentRecord } from "./deployment-record.ts";
import { HttpApi } from "./http-api.ts";
import { LabelSuggestions } from "./label-suggestions.ts";
import { type Language, languageOf } from "./language.ts";
import { LanguageJobs } from "./language-jobs.ts";
import { LanguageModel } from "./language-model.ts";
import { LanguageWorker } from "./language-worker.ts";
import { Notifications } from "./notifications.ts";
import { ProductAdministration } from "./product-administration.ts";
import { ProductParameters } from "./product-parameters.ts";
import { PushDelivery } from "./push-delivery.ts";
import { Pushes } from "./pushes.ts";
import { Receiver } from "./receiver.ts";
import { SchedulerLane } from "./scheduler-lane.ts";
import { SessionStreams } from "./session-streams.ts";
import { StoryDashboard } from "./story-dashboard.ts";
import { ThroughlineFunction } from "./throughline-function.ts";

export interface ThroughlineStackProps extends StackProps {
  /** Names the deployment and its parameters, `/throughline/<stage>/…`: 1 to 32 of a-z, 0-9 and -, a letter first. */
  readonly stage: string;
  /** How many functions may run at once. The defaults suit an account that may run ten. */
  readonly concurrency?: Concurrency;
  /** Who writes summaries and answers. By default a cheap model of Amazon Bedrock. */
  readonly language?: Language;
  /** What the local cloud shortens, so that a test need not wait. */
  readonly localTimings?: {
    /** @default 60 */
    readonly visibilityTimeoutS?: number;
    /** @default 120 */
    readonly jobVisibilityTimeoutS?: number;
    /** @default 60 */
    readonly configurationTtlS?: number;
  };
}

/**
 * Where PostHog's library posts to. It ends each path with a slash, which no route of an HTTP API may; AWS does not say
 * whether a route without one stands for it or a greedy parameter does, so there are both.
 */
const browserPaths = [
  "/i/v0/{rest+}",
  ...["/e", "/batch", "/flags", "/decide"].flatMap((path) => [path, `${path}/{rest+}`]),
];

/** One deployment of Throughline, whole: several stages stand side by side in one account and region. */
export class ThroughlineStack extends Stack {
  /** @throws Error for a stage that cannot stand in a parameter's name, and for a concurrency or a language that AWS refuses. */
  constructor(scope: Construct, id: string, props: ThroughlineStackProps) {
    super(scope, id, props);
    const { stage } = props;
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(stage)) {
      throw new Error(`The stage must be 1 to 32 of a-z, 0-9 and -, a letter first; received "${stage}"`);
    }
    const visibilityTimeoutS = props.localTimings?.visibilityTimeoutS ?? 60;
    const configurationTtlS = props.localTimings?.configurationTtlS ?? 60;
    const { workers, relays, writers, pushers, streams: listeners } = concurrencyOf(props.concurrency);
    if (props.localTimings) {
      Validations.of(this).acknowledge({
        id: "CloudFormation-Validate::E3505",
        reason: "The local cloud redelivers sooner than a function's timeout, so that tests meet overlapping turns.",
      });
    }
    // Tagging the list of products would be a change of it: see ProductParameters.
    Tags.of(this).add("throughline:stage", stage, { excludeResourceTypes: ["AWS::SSM::Parameter", "aws:cdk:stack"] });

    const parameters = new ProductParameters(this, "Products", { stage });
    const table = new ActorTable(this, "Actors");
    const mailbox = new ActorMailbox(this, "Mailbox", { visibilityTimeoutS });
    const delayedLane = new DelayedLane(this, "DelayedLane", {
      stage,
      mailbox,
      visibilityTimeoutS,
      maxConcurrency: relays,
    });
    const schedulerLane = new SchedulerLane(this, "SchedulerLane", { mailbox });
    const eventBus = new EventBus(this, "Events");
    const jobs = new LanguageJobs(this, "Jobs", {
      visibilityTimeoutS: props.localTimings?.jobVisibilityTimeoutS ?? 120,
    });
    const pushes = pushers === 0 ? undefined : new Pushes(this, "Pushes");
    const worker = new ActorWorker(this, "Actor", {
      stage,
      table,
      mailbox,
      delayedLane,
      schedulerLane,
      jobs,
      pushes,
      productFeeds: listeners > 0,
      eventBus,
      parameters,
      configurationTtlS,
      maxConcurrency: workers,
    });
    const model = new LanguageModel(this, "Model", { stage, language: languageOf(props.language) });
    const writer = new LanguageWorker(this, "Language", {
      stage,
      table,
      mailbox,
      jobs,
      model,
      parameters,
      configurationTtlS,
      maxConcurrency: writers,
    });

    const pusher =
      pushes &&
      new PushDelivery(this, "PushDelivery", { stage, pushes, parameters, configurationTtlS, maxConcurrency: pushers });

    const edge = { stage, mailbox, parameters, configurationTtlS };
    const actions = new Receiver(this, "Actions", {
      ...edge,
      handler: "receive-actions",
      description: "Takes signed batches of user actions",
      secrets: ["ingest/secret"],
    });
    const chatWebhook = new Receiver(this, "ChatWebhook", {
      ...edge,
      handler: "receive-chat-webhook",
      description: "Takes the chat platform's signed webhooks",
      secrets: ["intercom/client-secret"],
    });
    const pageReports = new Receiver(this, "PageReports", {
      ...edge,
      handler: "receive-page-reports",
      description: "Takes what pages of a product say of their sessions: the conversation, a tour's progress",
      secrets: ["intercom/identity-secret"],
    });
    const sources = new Receiver(this, "Sources", {
      ...edge,
      handler: "receive-source-webhook",
      description: "Takes the webhooks of analytics tools",
      secrets: ["sources/posthog-secret", "sources/fullstory-token"],
    });
    const browserEvents = new Receiver(this, "BrowserEvents", {
      ...edge,
      handler: "receive-browser-events",
      description: "Takes what PostHog's library sends straight from a product's pages",
      secrets: [],
    });
    const health = new ThroughlineFunction(this, "Health", {
      handler: "health",
      description: "Answers that the edge is up",
      timeoutS: 3,
      memorySizeMb: 128,
      environment: {},
    });
    const administration = new ProductAdministration(this, "Administration", {
      stage,
      parameterPrefix: parameters.prefix,
      configurationTtlS,
    });
    const labels = new LabelSuggestions(this, "Labels", { stage, table, parameters, configurationTtlS });
    const context = new ContextApi(this, "Context", { stage, table, mailbox, model, parameters, configurationTtlS });
    const streams =
      listeners === 0 ? undefined : new SessionStreams(this, "Streams", { ...edge, table, mostAtOnce: listeners });
    const api = new HttpApi(this, "Http");
    api.route([HttpMethod.POST], "/actions/{product_id}", actions.function);
    api.route([HttpMethod.POST, HttpMethod.HEAD], "/chatbot-webhook/{product_id}", chatWebhook.function);
    api.route([HttpMethod.POST, HttpMethod.OPTIONS], "/sessions/link", pageReports.function);
    api.route([HttpMethod.POST, HttpMethod.OPTIONS], "/tours/progress", pageReports.function);
    api.route([HttpMethod.POST], "/webhook/{product_id}", sources.function);
    for (const path of browserPaths) api.route([HttpMethod.POST, HttpMethod.OPTIONS], path, browserEvents.function);
    api.route([HttpMethod.GET], "/array/{project_key}/{document}", browserEvents.function);
    api.route([HttpMethod.GET], "/healthz", health.function);
    api.route([HttpMethod.POST], "/products", administration.function);
    api.route([HttpMethod.POST], "/intercom/proactive/{product_id}", labels.function);
    api.route([HttpMethod.GET], "/context/{product_id}/{user_id}", context.function);
    api.route([HttpMethod.GET], "/reply/{product_id}/{user_id}", context.function);
    api.route([HttpMethod.POST], "/admin/reset/{product_id}/{user_id}", context.function);
    if (streams) api.route([HttpMethod.POST, HttpMethod.OPTIONS], "/sessions/token", streams.token);
    new DeploymentRecord(this, "Deployment", {
      parameterPrefix: parameters.prefix,
      places: {
        apiUrl: `${api.api.apiEndpoint}/`,
        tableName: table.table.tableName,
        actorsQueueUrl: mailbox.queue.queueUrl,
        actorsDeadLetterQueueUrl: mailbox.deadLetters.queueUrl,
        deadlinesQueueUrl: delayedLane.queue.queueUrl,
        deadlinesDeadLetterQueueUrl: delayedLane.deadLetters.queueUrl,
        schedulerDeadLetterQueueUrl: schedulerLane.deadLetters.queueUrl,
        jobsQueueUrl: jobs.queue.queueUrl,
        jobsDeadLetterQueueUrl: jobs.deadLetters.queueUrl,
        ...(pushes && {
          pushesQueueUrl: pushes.queue.queueUrl,
          pushesDeadLetterQueueUrl: pushes.deadLetters.queueUrl,
        }),
        scheduleGroup: schedulerLane.group.scheduleGroupName,
        eventBusName: eventBus.eventBusName,
      },
    });

    const notifications = new Notifications(this, "Notifications");
    const story = new StoryDashboard(this, "Story", {
      stage,
      alarms: notifications.hear(this),
      functions: {
        "receive-actions": actions.function,
        "receive-chat-webhook": chatWebhook.function,
        "receive-page-reports": pageReports.function,
        "receive-source-webhook": sources.function,
        "receive-browser-events": browserEvents.function,
        "actor-worker": worker.function,
        "deadline-relay": delayedLane.relay,
        "language-worker": writer.function,
        "read-context": context.function,
        ...(pusher && { "push-delivery": pusher.function }),
        ...(streams && { "issue-stream-token": streams.token, "stream-session": streams.stream }),
      },
      table,
      mailbox,
      delayedLane,
      schedulerLane,
      jobs,
      pushes,
    });

    const outputs = {
      ApiUrl: api.url,
      ParameterPrefix: parameters.prefix,
      TableName: table.table.tableName,
      ActorsQueueUrl: mailbox.queue.queueUrl,
      ActorsDeadLetterQueueUrl: mailbox.deadLetters.queueUrl,
      DeadlinesQueueUrl: delayedLane.queue.queueUrl,
      JobsQueueUrl: jobs.queue.queueUrl,
      EventBusName: eventBus.eventBusName,
      ...(streams && { StreamUrl: streams.url }),
      NotificationTopicArn: notifications.topic.topicArn,
      DashboardName: story.dashboard.dashboardName,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
