import type { EventBus } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import type { ActorMailbox } from "./actor-mailbox.ts";
import type { ActorTable } from "./actor-table.ts";
import type { DelayedLane } from "./delayed-lane.ts";
import type { ProductParameters } from "./product-parameters.ts";
import type { SchedulerLane } from "./scheduler-lane.ts";
import { ThroughlineFunction } from "./throughline-function.ts";

export interface ActorWorkerProps {
  readonly stage: string;
  readonly table: ActorTable;
  readonly mailbox: ActorMailbox;
  readonly delayedLane: DelayedLane;
  readonly schedulerLane: SchedulerLane;
  readonly eventBus: EventBus;
  readonly parameters: ProductParameters;
  readonly configurationTtlS: number;
}

/** The function that takes the actors' turns. */
export class ActorWorker extends Construct {
  constructor(scope: Construct, id: string, props: ActorWorkerProps) {
    super(scope, id);
    const { table, mailbox, delayedLane, schedulerLane, eventBus, parameters } = props;
    const worker = new ThroughlineFunction(this, "Worker", {
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
        [variable.deadlinesQueueUrl]: delayedLane.queue.queueUrl,
        [variable.scheduleGroup]: schedulerLane.group.scheduleGroupName,
        [variable.schedulerRoleArn]: schedulerLane.role.roleArn,
        [variable.schedulerDeadLetterQueueArn]: schedulerLane.deadLetters.queueArn,
        [variable.eventBusName]: eventBus.eventBusName,
      },
    }).function;
    table.grantTurn(worker);
    mailbox.deliverTo(worker);
    mailbox.grantSend(worker);
    mailbox.grantQuarantine(worker);
    delayedLane.grantArm(worker);
    schedulerLane.grantArm(worker);
    parameters.grantRead(worker, "intercom/access-token");
    eventBus.grantPutEventsTo(worker);
  }
}
