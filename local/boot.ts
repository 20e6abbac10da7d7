import { SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { createBedrock } from "./emulators/bedrock.ts";
import { startDynamoDb } from "./emulators/dynamodb.ts";
import { createEventBuses, type EventBuses } from "./emulators/event-bus.ts";
import { createParameterStore, type ParameterStore } from "./emulators/parameter-store.ts";
import { createScheduler, type Scheduler } from "./emulators/scheduler.ts";
import { startSqs } from "./emulators/sqs.ts";
import { createEventSourceMapping, type EventSourceMapping } from "./event-source-mapping.ts";
import type { Mind } from "./fake-model/mind.ts";
import { findById } from "./find-by-id.ts";
import { startFunctionUrlFront } from "./function-url-front.ts";
import { type CallCount, type Gateway, startGateway } from "./gateway.ts";
import { type HttpFront, startHttpFront } from "./http-front.ts";
import { createLambdaFunction, type LambdaFunction } from "./lambda-runtime/lambda-function.ts";
import { createLog, type Log } from "./log.ts";
import { neededPermissions } from "./needed-permissions.ts";
import { type Permissions, readPermissions } from "./permissions.ts";
import { createQueues, type Queues } from "./queues.ts";
import { eventSourceSettings } from "./resources/event-source.ts";
import { functionSettings } from "./resources/function.ts";
import { urlFunction } from "./resources/function-url.ts";
import { httpRoutes } from "./resources/http-api.ts";
import { queueSettings } from "./resources/queue.ts";
import { readSettings } from "./resources/settings.ts";
import { createTableInput } from "./resources/table.ts";
import type { LivingType } from "./template/identities.ts";
import { resolveStack } from "./template/stack.ts";
import { region, type SynthesizedStack } from "./template/template.ts";

export type BootOptions = {
  /** Port of the public HTTP API; 0, the default, lets the operating system choose. */
  readonly port?: number;
  /** Variables that every function gets beside those of the template. */
  readonly extraEnvironment?: Readonly<Record<string, string>>;
  /** How late one-time schedules fire at most, as AWS's are up to 60 s late. Default 0. */
  readonly schedulerLatenessMs?: number;
  /** What a crashed function had in hand comes again at once, not after the visibility timeout. Default: false, as AWS. */
  readonly redeliversAtOnce?: boolean;
  /** What answers in Amazon Bedrock's name. Default: nothing, as if Bedrock were down. */
  readonly fakeModel?: Mind;
  /** Told of each step of the boot. */
  readonly onProgress?: (step: string) => void;
};

/** A stack that runs on this machine. Functions are named by logical id, the beginning of it, or their name. */
export type LocalCloud = {
  /** Where the public HTTP API listens. */
  readonly url: string;
  /** Where streams are served: the stack's function URL. */
  readonly streamUrl: string;
  readonly gateway: Gateway;
  readonly queues: Queues;
  readonly scheduler: Pick<Scheduler, "pending" | "onFiring">;
  readonly events: Pick<EventBuses, "recorded" | "onEvent">;
  readonly logs: Pick<Log, "lines" | "onLine">;
  readonly putParameter: ParameterStore["put"];
  /** Serves more at {@link url} than the stack does. */
  readonly serveBeside: HttpFront["setOther"];
  functionProcess(name: string): LambdaFunction;
  /** The event source that feeds this function. */
  eventSource(functionName: string): EventSourceMapping;
  /** AWS requests since the boot. */
  counts(): readonly CallCount[];
  /** What the stack's roles were granted, and whether a call needed it since the boot. */
  readonly grants: Permissions["grants"];
  /** Stops everything that was started. May be called twice. */
  close(): Promise<void>;
};

/** What the role of a function needs, or Lambda refuses to poll the queue for it. */
const pollingActions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

const parameterSettings = z.looseObject({ Type: z.enum(["String", "StringList"]), Value: z.string() });

/**
 * Boots a synthesised stack: emulators, then its resources, then what feeds its functions. A boot that fails leaves
 * nothing running.
 *
 * @throws Error naming what in the template the local cloud does not understand.
 */
export async function bootStack(stack: SynthesizedStack, options: BootOptions = {}): Promise<LocalCloud> {
  const progress = options.onProgress ?? (() => undefined);
  await using started = new AsyncDisposableStack();
  const own = <Thing extends { close(): unknown }>(thing: Thing): Thing => {
    started.defer(async () => void (await thing.close()));
    return thing;
  };
  const clientAs = (caller: string) => {
    const credentials = { accessKeyId: caller, secretAccessKey: "local" };
    const client = new SQSClient({ endpoint: gateway.url, region, credentials });
    started.defer(() => client.destroy());
    return client;
  };

  progress("starting the emulators");
  const gateway = own(await startGateway());
  const front = own(await startHttpFront(options.port ?? 0));
  const urlFront = own(await startFunctionUrlFront());
  const addresses = { gatewayUrl: gateway.url, publicUrl: front.url, functionUrl: urlFront.url };
  const resources = resolveStack(stack, addresses);
  const of = (...types: readonly LivingType[]) => resources.filter(({ type }) => types.includes(type));

  const dynamoDb = own(await startDynamoDb({ accessKeyId: "cloudformation", secretAccessKey: "local" }));
  const sqs = own(await startSqs());
  const queueResources = of("AWS::SQS::Queue");
  const queueUrl = (arn: string) => queueResources.find(({ attributes }) => attributes.Arn === arn)?.ref ?? arn;
  const permissions = readPermissions(resources);
  const latenessMs = options.schedulerLatenessMs ?? 0;
  const scheduler = own(createScheduler({ sqs: clientAs("scheduler"), queueUrl, permissions, latenessMs }));
  const events = createEventBuses();
  const parameters = createParameterStore();
  gateway.connect("dynamodb", dynamoDb.backend);
  gateway.connect("sqs", sqs.backend);
  gateway.connect("scheduler", scheduler.backend);
  gateway.connect("events", events.backend);
  gateway.connect("ssm", parameters.backend);
  if (options.fakeModel) gateway.connect("bedrock", createBedrock(options.fakeModel));

  progress("creating tables, queues and parameters");
  for (const table of of("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")) {
    await dynamoDb.createTable(createTableInput(table));
  }
  for (const queue of queueResources) {
    sqs.createQueue(queueSettings(queue, queueResources));
    // Until an event source polls it. Whoever looks into a dead-letter queue asks a single server, which knows at once.
    sqs.setLongPolling(queue.name, false);
  }
  for (const group of of("AWS::Scheduler::ScheduleGroup")) scheduler.createGroup(group.name);
  for (const bus of of("AWS::Events::EventBus")) events.createBus(bus.name);
  for (const parameter of of("AWS::SSM::Parameter")) {
    const { Type, Value } = readSettings(parameter, parameterSettings);
    parameters.put(parameter.name, Value, Type);
  }

  progress("starting the functions");
  const log = createLog();
  const functionResources = of("AWS::Lambda::Function");
  const functions = functionResources.map((resource) => {
    const settings = functionSettings(resource, stack.assetDirectory, options.extraEnvironment ?? {});
    const onLine: Parameters<typeof createLambdaFunction>[1]["onLine"] = (line, stream) =>
      log.write({ atMs: Date.now(), functionId: resource.logicalId, stream, line });
    const { compileCache } = stack;
    const runtime = own(createLambdaFunction(settings, { gatewayUrl: gateway.url, region, onLine, compileCache }));
    return { logicalId: resource.logicalId, name: resource.name, runtime };
  });
  const functionProcess = (name: string) => findById(functions, name).runtime;

  gateway.guard((call) => {
    const roleArn = functions.find(({ logicalId }) => logicalId === call.caller)?.runtime.settings.roleArn;
    // Whoever is no function of the stack is an operator, a service or a test.
    const denied =
      roleArn && neededPermissions(call).find((need) => !permissions.allows(roleArn, need.action, need.resource));
    if (!denied) return undefined;
    const message = `${call.caller} may not ${denied.action} on ${denied.resource}`;
    log.write({ atMs: Date.now(), functionId: call.caller, stream: "stderr", line: `AccessDenied: ${message}` });
    return { code: "AccessDeniedException", message };
  });

  const mappings = of("AWS::Lambda::EventSourceMapping").flatMap((resource) => {
    const settings = eventSourceSettings(resource, queueResources, functionResources);
    if (!settings) return [];
    const { source, functionId } = settings;
    const { roleArn } = functionProcess(functionId).settings;
    for (const action of pollingActions) {
      if (permissions.allows(roleArn, action, source.queue.arn)) continue;
      throw new Error(`Resources.${source.logicalId}: the role of ${functionId} may not ${action}`);
    }
    const mapping = createEventSourceMapping(source, {
      sqs: clientAs(source.logicalId),
      region,
      target: functionProcess(functionId),
      setLongPolling: (allowed) => sqs.setLongPolling(source.queue.name, allowed),
      redeliversAtOnce: options.redeliversAtOnce ?? false,
    });
    return [{ functionId, mapping }];
  });
  front.setRoutes(httpRoutes(resources).map(({ key, functionId }) => ({ key, target: functionProcess(functionId) })));
  const behindUrl = urlFunction(resources);
  if (behindUrl) urlFront.setTarget(functionProcess(behindUrl));
  for (const { mapping } of mappings) {
    mapping.start();
    started.defer(mapping.stop);
  }
  // The first thing to end: what is being invoked must not keep its event source from stopping.
  started.defer(async () => void (await Promise.all(functions.map(({ runtime }) => runtime.close()))));
  progress(`serving ${front.url}`);

  const owned = started.move();
  return {
    url: front.url,
    streamUrl: urlFront.url,
    gateway,
    queues: createQueues(sqs, queueResources),
    scheduler,
    events,
    logs: log,
    putParameter: parameters.put,
    serveBeside: front.setOther,
    functionProcess,
    eventSource(functionName) {
      const { settings } = functionProcess(functionName);
      const found = mappings.find(({ functionId }) => functionId === settings.logicalId);
      if (!found) throw new Error(`No event source feeds ${functionName}`);
      return found.mapping;
    },
    counts: gateway.counts,
    grants: permissions.grants,
    close: () => owned.disposeAsync(),
  };
}
