import { RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { ScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { ActorMailbox } from "./actor-mailbox.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { grantWithWildcard } from "./wildcard-grant.ts";

export interface SchedulerLaneProps {
  readonly mailbox: ActorMailbox;
}

/** Alarms of any time ahead: EventBridge one-time schedules that put a message into the mailbox by themselves. */
export class SchedulerLane extends Construct {
  readonly group: ScheduleGroup;
  /** What EventBridge Scheduler acts as when a schedule is due. */
  readonly role: Role;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: SchedulerLaneProps) {
    super(scope, id);
    this.group = new ScheduleGroup(this, "Group", { removalPolicy: RemovalPolicy.DESTROY });
    this.deadLetters = new DeadLetterQueue(this, "DeadLetters", {
      fifo: false,
      holds: "Alarms that EventBridge Scheduler could not deliver to the mailbox in a day.",
      runbook: "dead-letters-of-the-scheduler-lane",
    }).queue;
    Validations.of(this.deadLetters).acknowledge({
      id: "AwsSolutions-SQS3",
      reason: "It is a dead-letter queue itself: the schedules name it, not another queue's redrive policy.",
    });
    this.role = new Role(this, "Role", {
      // Only schedules of this group and account may take the role on (confused deputy).
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: {
          StringEquals: {
            "aws:SourceAccount": Stack.of(this).account,
            "aws:SourceArn": this.group.scheduleGroupArn,
          },
        },
      }),
    });
    props.mailbox.grantSend(this.role);
    this.deadLetters.grant(this.role, "sqs:SendMessage");
  }

  /** May create schedules in the group, and hand the lane's role to Scheduler; may not change or delete any. */
  grantArm(grantee: LambdaFunction): void {
    grantWithWildcard(grantee, {
      actions: ["scheduler:CreateSchedule"],
      resources: [
        Stack.of(this).formatArn({
          service: "scheduler",
          resource: "schedule",
          resourceName: `${this.group.scheduleGroupName}/*`,
        }),
      ],
      reason: "The star stands for the alarm: each has a fresh name, all are in this one group.",
    });
    grantee.addToRolePolicy(
      new PolicyStatement({
        actions: ["iam:PassRole"],
        resources: [this.role.roleArn],
        conditions: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
      }),
    );
  }
}
