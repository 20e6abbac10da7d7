import type { EventBus } from "aws-cdk-lib/aws-events";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import type { ActorMailbox } from "./actor-mailbox.ts";
import type { ActorTable } from "./actor-table.ts";
import type { DelayedLane } from "./delayed-lane.ts";
import { DeliveryAlarms } from "./delivery-alarms.ts";
import { FunctionAlarms } from "./function-alarms.ts";
import type { LanguageJobs } from "./language-jobs.ts";
import type { ProductParameters } from "./product-parameters.ts";
import type { Pushes } from "./pushes.ts";
import type { SchedulerLane } from "./scheduler-lane.ts";
import { ThroughlineFunction } from "./throughline-function.ts";

export interface ActorWorkerProps {
  readonly stage: string;
  readonly table: ActorTable;
  readonly mailbox: ActorMailbox;
  readonly delayedLane: DelayedLane;
  readonly schedulerLane: SchedulerLane;
  readonly jobs: LanguageJobs;
  readonly pushes: Pushes | undefined;
  /** Whether somebody can listen to a whole product. */
  readonly productFeeds: boolean;
  readonly eventBus: EventBus;
  readonly parameters: ProductParameters;
  readonly configurationTtlS: number;
  /** Workers at the same time, each with up to ten sessions. */
  readonly maxConcurrency: number;
}

/** The function that takes the actors' turns. */
export class ActorWorker extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ActorWorkerProps) {
    super(scope, id);
    const { table, mailbox, delayedLane, schedulerLane, jobs, pushes, eventBus, parameters } = props;
    this.function = new ThroughlineFunction(this, "Worker", {
      handler: "actor-worker",
      description: "Takes the turns of sessions and people: loads, decides, arms, commits, performs",
      timeoutS: 30,
      takesPartInLoop: true,
      environment: {
        [variable.stage]: props.stage,
        [variable.parameterPrefix]: parameters.prefix,
        [variable.configurationTtl]: String(props.configurationTtlS),
        [variable.tableName]: table.table.tableName,
        [variable.actorsQueueUrl]: mailbox.queue.queueUrl,
        [variable.actorsQueueArn]: mailbox.queue.queueArn,
        [variable.actorsDeadLetterQueueUrl]: mailbox.deadLetters.queueUrl,
        [variable.jobsQueueUrl]: jobs.queue.queueUrl,
        ...(pushes && { [variable.pushesQueueUrl]: pushes.queue.queueUrl }),
        ...(props.productFeeds && { [variable.productFeeds]: "on" }),
        [variable.deadlinesQueueUrl]: delayedLane.queue.queueUrl,
        [variable.scheduleGroup]: schedulerLane.group.scheduleGroupName,
        [variable.schedulerRoleArn]: schedulerLane.role.roleArn,
        [variable.schedulerDeadLetterQueueArn]: schedulerLane.deadLetters.queueArn,
        [variable.eventBusName]: eventBus.eventBusName,
      },
    }).function;
    table.grantTurn(this.function);
    mailbox.deliverTo(this.function, props.maxConcurrency);
    mailbox.grantSend(this.function);
    mailbox.grantQuarantine(this.function);
    delayedLane.grantArm(this.function);
    schedulerLane.grantArm(this.function);
    jobs.grantSend(this.function);
    pushes?.grantSend(this.function);
    parameters.grantRead(this.function, "intercom/access-token");
    eventBus.grantPutEventsTo(this.function);
    new FunctionAlarms(this, "WorkerAlarms", { function: this.function, who: "The worker" });
    new DeliveryAlarms(this, "DeliveryAlarms", { stage: props.stage });
  }
}
